#pragma once

#include "core/civil.hpp"
#include "core/instant.hpp"
#include "core/zone.hpp"

#include <optional>

namespace frontdesk::notifications {

/// When somebody is not to be reminded of anything, by the wall clock: from `from` until `until`,
/// which is not included; over midnight where `until` is the earlier one. The same twice: never.
struct QuietHours {
  LocalTime from;
  LocalTime until;
};

/// When the quiet hours end that `now` lies in; nothing where it lies in none.
std::optional<Instant> quiet_until(const QuietHours& quiet, const Zone& zone, Instant now);

/// How somebody is reminded now of what begins at `start`: over every channel; or not yet, when
/// their quiet hours end; or by mail alone, which wakes nobody, where that is too late.
struct Reminding {
  std::optional<Instant> put_off_until = {};
  bool by_mail_only = false;
  friend bool operator==(const Reminding&, const Reminding&) = default;
};
Reminding remind(const std::optional<QuietHours>& quiet, const Zone& zone, Instant now,
                 Instant start);

}  // namespace frontdesk::notifications

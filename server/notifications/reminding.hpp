#pragma once

#include "core/instant.hpp"
#include "core/zone.hpp"
#include "notifications/quiet_hours.hpp"

#include <optional>

namespace frontdesk::notifications {

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

#pragma once

#include "core/civil.hpp"
#include "core/instant.hpp"
#include "core/zone.hpp"

namespace frontdesk::notifications {

/// When somebody wants no reminders: from `start` up to, not including, `end`, by the wall clock of
/// the business. Where `end` is before `start` it is on the next day. The two differ; both are 0 to
/// 1439 minutes.
struct QuietHours {
  LocalTime start;
  LocalTime end;

  /// Whether this time of day is within them.
  [[nodiscard]] bool contains(std::chrono::microseconds time_of_day) const;

  friend bool operator==(const QuietHours&, const QuietHours&) = default;
};

/// The first instant from `instant` on at which somebody with these quiet hours may be disturbed:
/// `instant` itself outside of them, otherwise their end. An end that the clock jumps over has come
/// with the jump; one that comes twice has come the first time, unless `instant` is after that. A
/// quiet time that has begun goes on while the clock is put back.
Instant next_allowed(Instant instant, QuietHours quiet, Zone zone);

}  // namespace frontdesk::notifications

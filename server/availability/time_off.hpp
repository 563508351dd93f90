#pragma once

#include "core/error.hpp"
#include "core/time_range.hpp"
#include "core/uuid.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace frontdesk::availability {

/// Time in which a member is away, whatever their hours.
struct TimeOff {
  TimeOffId id;
  StaffId staff;
  TimeRange time;
  std::string reason;  ///< of somebody's life: not for the public, and not for the audit log
};

struct NewTimeOff {
  TimeRange time;
  std::string reason;
};

/// What cannot be entered as one absence: it would be a wrong year, or somebody who has left.
inline constexpr std::chrono::days longest_time_off{1096};

/// What is wrong with an absence that is to be entered at `now`, and with which field: ends_at
/// `out_of_range` where it does not end after its start, `too_long` beyond longest_time_off,
/// `in_the_past` where it is over.
std::optional<Error> check_time_off(const TimeRange& time, Instant now);

}  // namespace frontdesk::availability

#include "availability/time_off.hpp"

namespace frontdesk::availability {

std::optional<Error> check_time_off(const TimeRange& time, Instant now) {
  if (time.end <= time.start) {
    return invalid_field("ends_at", "out_of_range", "ends_at must be after starts_at.");
  }
  if (time.end - time.start > longest_time_off) {
    return invalid_field(
        "ends_at", "too_long",
        "Time off lasts at most " + std::to_string(longest_time_off.count()) + " days.");
  }
  if (time.end <= now) {
    return invalid_field("ends_at", "in_the_past", "This time is over.");
  }
  return std::nullopt;
}

}  // namespace frontdesk::availability

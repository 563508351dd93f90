#include "notifications/quiet_hours.hpp"

namespace frontdesk::notifications {

bool QuietHours::contains(std::chrono::microseconds time_of_day) const {
  if (start < end) return start <= time_of_day && time_of_day < end;
  return start <= time_of_day || time_of_day < end;
}

Instant next_allowed(Instant instant, QuietHours quiet, Zone zone) {
  const auto local = zone.to_local(instant);
  if (!quiet.contains(local.time_of_day)) return instant;
  const bool ends_tomorrow = local.time_of_day >= quiet.end;
  const auto day = local.date + std::chrono::days{ends_tomorrow ? 1 : 0};
  const auto end = zone.to_instants(day, quiet.end);
  if (end.kind != Zone::Lookup::Kind::skipped) {
    return end.earlier > instant ? end.earlier : end.later;
  }
  // After a whole day that was left out it may be quiet still.
  return end.change > instant ? next_allowed(end.change, quiet, zone) : instant;
}

}  // namespace frontdesk::notifications

#include "notifications/quiet_hours.hpp"

#include <chrono>

namespace frontdesk::notifications {

std::optional<Instant> quiet_until(const QuietHours& quiet, const Zone& zone, Instant now) {
  const auto local = zone.to_local(now);
  const auto time = std::chrono::floor<std::chrono::minutes>(local.time_of_day);
  const bool over_midnight = quiet.until < quiet.from;
  const bool before_end = time < quiet.until;
  const bool after_begin = time >= quiet.from;
  if (over_midnight ? !(after_begin || before_end) : !(after_begin && before_end)) {
    return std::nullopt;
  }
  const auto date = before_end ? local.date : local.date + std::chrono::days{1};
  const auto end = zone.to_instants(date, quiet.until);
  // A clock that is put back shows the end twice.
  return end.earlier > now ? end.earlier : end.later;
}

Reminding remind(const std::optional<QuietHours>& quiet, const Zone& zone, Instant now,
                 Instant start) {
  const auto end = quiet ? quiet_until(*quiet, zone, now) : std::nullopt;
  if (!end) return {};
  if (*end < start) return {.put_off_until = end};
  return {.by_mail_only = true};
}

}  // namespace frontdesk::notifications

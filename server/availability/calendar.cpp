#include "availability/calendar.hpp"

#include <algorithm>
#include <numeric>

namespace frontdesk::availability {
namespace {

using std::chrono::days;

constexpr auto by_start = [](const TimeRange& range) { return range.start; };

/// Those of `ranges`, which are in order of start, that may touch `window`.
std::span<const TimeRange> within(const std::vector<TimeRange>& ranges, const TimeRange& window) {
  const auto first = std::ranges::lower_bound(ranges, window.start, {}, by_start);
  const auto last = std::ranges::lower_bound(first, ranges.end(), window.end, {}, by_start);
  return {first, last};
}

StaffSchedule schedule_of(const MemberCopy& member, const Zone& zone, ServiceId service,
                          LocalDate from, LocalDate to) {
  const TimeRange window = with_margin(from, to);
  StaffSchedule schedule{.id = member.id, .zone = zone, .weekly = member.weekly};
  for (const DateOverride& day : member.overrides) {
    if (from - margin_of_dates <= day.date && day.date <= to + margin_of_dates) {
      schedule.overrides.push_back(day);
    }
  }
  for (const TimeRange& absence : member.time_off) {
    if (absence.overlaps(window)) schedule.time_off.push_back(absence);
  }
  const auto blocked = within(member.blocked, window);
  schedule.occupations.reserve(blocked.size());
  for (const TimeRange& range : blocked) {
    schedule.occupations.push_back(
        {.id = {}, .appointment = range, .blocked = range, .session = std::nullopt});
  }
  for (const auto& session : member.sessions) {
    if (session.service == service && session.occupation.blocked.overlaps(window)) {
      schedule.occupations.push_back(session.occupation);
    }
  }
  return schedule;
}

}  // namespace

std::size_t MemberCopy::size() const {
  const auto intervals = [](std::size_t sum, const auto& part) { return sum + part.size(); };
  return std::accumulate(weekly.begin(), weekly.end(), std::size_t{0}, intervals) +
         overrides.size() + time_off.size() + blocked.size() + sessions.size();
}

TimeRange with_margin(LocalDate from, LocalDate to) {
  const auto midnight = [](LocalDate date) {
    return Instant{std::chrono::sys_days{date.time_since_epoch()}};
  };
  return {midnight(from - margin_of_dates), midnight(to + margin_of_dates + days{1})};
}

std::optional<Error> check_offered(const ServiceCopy* service) {
  if (service == nullptr) return not_found("There is no such service.");
  if (service->active) return std::nullopt;
  return Error{.kind = ErrorKind::invalid,
               .code = "service_inactive",
               .message = "This service is not offered any more."};
}

Result<Snapshot> snapshot_of(const ServiceCalendar& calendar, Instant now,
                             std::optional<StaffId> staff, LocalDate from, LocalDate to) {
  const BusinessCopy& business = *calendar.business;
  Snapshot snapshot{.now = now,
                    .zone = business.zone,
                    .rules = business.rules,
                    .service = calendar.rules(),
                    .closures = business.closures};
  for (const auto& member : calendar.members) {
    if (staff && member->id != *staff) continue;
    snapshot.staff.push_back(schedule_of(*member, business.zone, calendar.service, from, to));
  }
  if (staff && snapshot.staff.empty()) {
    return refuse(not_found("There is nobody with this id who does this."));
  }
  put_in_order(snapshot);
  return snapshot;
}

}  // namespace frontdesk::availability

#include "availability/schedule.hpp"

#include <algorithm>

namespace frontdesk::availability {
namespace {

using std::chrono::days;

void append_day(const std::vector<Hours>& hours, const WallClock& clock, LocalDate date,
                std::vector<MinuteRange>& openings) {
  if (hours.empty()) return;
  if (const auto midnight = clock.plain_midnight(date)) {
    for (const auto& [start, end] : hours) {
      openings.push_back({*midnight + static_cast<std::int32_t>(start.count()),
                          *midnight + static_cast<std::int32_t>(end.count())});
    }
    return;
  }
  for (const Hours& interval : hours) {
    const MinuteRange range = clock.interval(date, interval.start, interval.end);
    if (range.start < range.end) openings.push_back(range);
  }
}

}  // namespace

void append_openings(const StaffSchedule& member, const WallClock& clock, LocalDate from,
                     LocalDate to, std::vector<MinuteRange>& openings) {
  const auto appended_from = static_cast<std::ptrdiff_t>(openings.size());
  auto special = std::ranges::lower_bound(member.overrides, from, {}, &DateOverride::date);
  unsigned weekday = weekday_of(from);
  for (LocalDate date = from; date <= to; date += days{1}) {
    if (special != member.overrides.end() && special->date == date) {
      append_day(special->hours, clock, date, openings);
      ++special;
    } else {
      append_day(member.weekly[weekday], clock, date, openings);
    }
    weekday = weekday == 6 ? 0 : weekday + 1;
  }
  // Only where the clock jumps over several starts at once can their ends be out of order.
  const auto appended = openings.begin() + appended_from;
  if (!std::is_sorted(appended, openings.end())) std::sort(appended, openings.end());
}

void join(std::span<const MinuteRange> openings, std::vector<MinuteRange>& joined) {
  for (const MinuteRange& opening : openings) {
    if (!joined.empty() && opening.start <= joined.back().end) {
      joined.back().end = std::max(joined.back().end, opening.end);
    } else {
      joined.push_back(opening);
    }
  }
}

std::vector<MinuteRange> closed_time(const std::vector<LocalDate>& closures,
                                     const WallClock& business_clock, LocalDate from,
                                     LocalDate to) {
  std::vector<MinuteRange> closed;
  for (auto date = std::ranges::lower_bound(closures, from); date != closures.end() && *date <= to;
       ++date) {
    const MinuteRange range =
        business_clock.interval(*date, LocalTime{0}, LocalTime{minutes_per_day});
    if (range.start < range.end) closed.push_back(range);
  }
  return closed;
}

}  // namespace frontdesk::availability

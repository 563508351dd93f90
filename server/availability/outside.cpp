#include "availability/outside.hpp"

#include "availability/schedule.hpp"
#include "availability/wall_clock.hpp"

#include <algorithm>

namespace frontdesk::availability {
namespace {

using std::chrono::days;

/// `ranges` are in order and do not overlap.
bool is_inside_one(const std::vector<MinuteRange>& ranges, const TimeRange& time) {
  const auto after =
      std::ranges::upper_bound(ranges, floor_minute(time.start), {}, &MinuteRange::start);
  return after != ranges.begin() && time.end <= instant_of(std::prev(after)->end);
}

bool touches_one(const std::vector<MinuteRange>& ranges, const TimeRange& time) {
  const auto first =
      std::ranges::upper_bound(ranges, floor_minute(time.start), {}, &MinuteRange::end);
  return first != ranges.end() && instant_of(first->start) < time.end;
}

}  // namespace

std::vector<OccupationId> find_outside(const Zone& business, const std::vector<LocalDate>& closures,
                                       const StaffSchedule& member) {
  std::vector<OccupationId> outside;
  if (member.occupations.empty()) return outside;
  TimeRange all = member.occupations.front().appointment;
  for (const Occupation& occupation : member.occupations) {
    all.start = std::min(all.start, occupation.appointment.start);
    all.end = std::max(all.end, occupation.appointment.end);
  }
  const auto clock_of = [&all](const Zone& zone) {
    return WallClock(zone, floor_minute(all.start - 4 * days{1}),
                     ceil_minute(all.end + 4 * days{1}));
  };
  const WallClock business_clock = clock_of(business);
  const WallClock own_clock = clock_of(member.zone);
  const EpochMinute start = floor_minute(all.start);
  const EpochMinute end = ceil_minute(all.end);
  std::vector<MinuteRange> openings;
  append_openings(member, own_clock, own_clock.date_at(start) - days{1},
                  own_clock.date_at(end) + days{1}, openings);
  std::vector<MinuteRange> open;
  join(openings, open);
  const auto closed = closed_time(closures, business_clock, business_clock.date_at(start) - days{1},
                                  business_clock.date_at(end) + days{1});

  for (const Occupation& occupation : member.occupations) {
    const TimeRange& time = occupation.appointment;
    const bool is_at_work = is_inside_one(open, time) && !touches_one(closed, time) &&
                            std::ranges::none_of(member.time_off, [&](const TimeRange& absence) {
                              return absence.overlaps(time);
                            });
    if (!is_at_work) outside.push_back(occupation.id);
  }
  return outside;
}

}  // namespace frontdesk::availability

#include "availability/search.hpp"

#include "availability/schedule.hpp"

#include <algorithm>
#include <iterator>

namespace frontdesk::availability {
namespace {

using std::chrono::days;

/// Further than any two zones are apart, and than an appointment is long.
constexpr days margin{4};
constexpr LocalTime midnight{0};

WallClock clock_around(const Zone& zone, LocalDate from, LocalDate to) {
  const auto minute_of = [](LocalDate date) {
    return static_cast<EpochMinute>(date.time_since_epoch().count()) * minutes_per_day;
  };
  return {zone, minute_of(from - margin), minute_of(to + margin)};
}

}  // namespace

Search::Search(const Snapshot& snapshot, LocalDate from, LocalDate to, const Zone& display)
    : snapshot_(snapshot),
      from_(from),
      to_(to),
      business_(clock_around(snapshot.zone, from, to)),
      display_(clock_around(display, from, to)),
      bounds_{.earliest = instant_of(display_.opening(from, midnight)),
              .end = instant_of(display_.closing(to + days{1}, midnight)),
              .duration = snapshot.service.duration,
              .buffer_before = snapshot.service.buffer_before,
              .buffer_after = snapshot.service.buffer_after,
              .grid = SlotGrid(static_cast<std::int32_t>(snapshot.rules.slot_interval.count()))},
      last_date_(last_date(snapshot)) {
  const auto notice = snapshot.service.min_notice.value_or(snapshot.rules.min_notice);
  bounds_.earliest = std::max(bounds_.earliest, snapshot.now + notice);
  if (last_date_ < to + margin) {
    const LocalDate day_after = std::max(last_date_, from - margin) + days{1};
    horizon_from_ = business_.opening(day_after, midnight);
    bounds_.end = std::min(bounds_.end, instant_of(business_.closing(day_after, midnight)));
  }
  if (is_empty()) return;
  for (const auto& [start, end] :
       closed_time(snapshot.closures, business_, from - margin, to + margin)) {
    closed_.push_back(starts_touching_absence({instant_of(start), instant_of(end)}, bounds_));
  }
}

const WallClock& Search::clock_of(const Zone& zone) {
  if (zone == snapshot_.zone) return business_;
  for (const auto& [known, clock] : clocks_) {
    if (known == zone) return clock;
  }
  return clocks_.emplace_back(zone, clock_around(zone, from_, to_)).second;
}

void Search::forbid_occupations(const StaffSchedule& member) {
  forbidden_.clear();
  const StartBounds bounds = bounds_;
  TimeRange joined{Instant::min(), Instant::min()};
  for (const Occupation& occupation : member.occupations) {
    const TimeRange starts = starts_touching_occupation(occupation.blocked, bounds);
    if (starts.start >= bounds.end) break;
    if (starts.start > joined.end) {
      if (joined.end > bounds.earliest) forbidden_.push_back(joined);
      joined = starts;
    } else if (starts.end > joined.end) {
      joined.end = starts.end;
    }
  }
  if (joined.end > bounds.earliest) forbidden_.push_back(joined);
}

void Search::forbid_absences(const StaffSchedule& member) {
  absent_.clear();
  for (const TimeRange& absence : member.time_off) {
    absent_.push_back(starts_touching_absence(absence, bounds_));
  }
  for (const auto& absences :
       {std::span<const TimeRange>(absent_), std::span<const TimeRange>(closed_)}) {
    if (absences.empty()) continue;
    merged_.clear();
    std::ranges::merge(forbidden_, absences, std::back_inserter(merged_));
    forbidden_.swap(merged_);
  }
}

std::span<const Run> Search::runs_of(const StaffSchedule& member) {
  runs_.clear();
  if (is_empty()) return runs_;
  const WallClock& clock = clock_of(member.zone);
  openings_.clear();
  joined_.clear();
  // A day more on either side: its hours can touch those of the first and the last day.
  append_openings(member, clock, clock.date_at(floor_minute(bounds_.earliest)) - days{1},
                  clock.date_at(ceil_minute(bounds_.end + bounds_.duration)) + days{1}, openings_);
  join(openings_, joined_);
  forbid_occupations(member);
  forbid_absences(member);
  append_runs(openings_, joined_, forbidden_, bounds_, runs_);
  return runs_;
}

}  // namespace frontdesk::availability

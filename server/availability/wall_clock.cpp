#include "availability/wall_clock.hpp"

#include <algorithm>
#include <limits>
#include <ranges>

namespace frontdesk::availability {
namespace {

using std::chrono::minutes;

constexpr auto unbounded = std::numeric_limits<EpochMinute>::max();

}  // namespace

WallClock::WallClock(const Zone& zone, EpochMinute first, EpochMinute end) {
  Instant at = instant_of(first);
  stretches_.push_back({-unbounded, unbounded, 0});
  for (;;) {
    stretches_.back().offset =
        static_cast<std::int32_t>(std::chrono::floor<minutes>(zone.offset_at(at)).count());
    const auto change = zone.next_change(at);
    if (!change || *change >= instant_of(end)) return;
    at = *change;
    stretches_.back().end = floor_minute(at);
    stretches_.push_back({floor_minute(at), unbounded, 0});
  }
}

EpochMinute WallClock::opening(std::int32_t wall_minute) const {
  for (const Stretch& stretch : stretches_) {
    const EpochMinute minute = wall_minute - stretch.offset;
    if (minute < stretch.end) return std::max(minute, stretch.start);
  }
  return wall_minute;  // not reached: the last stretch has no end
}

EpochMinute WallClock::closing(std::int32_t wall_minute) const {
  for (const Stretch& stretch : stretches_ | std::views::reverse) {
    const EpochMinute minute = wall_minute - stretch.offset;
    if (minute >= stretch.start) return std::min(minute, stretch.end);
  }
  return wall_minute;  // not reached: the first stretch has no start
}

std::optional<EpochMinute> WallClock::plain_midnight(LocalDate date) const {
  const std::int32_t wall = wall_minute(date, LocalTime{0});
  for (const Stretch& stretch : stretches_) {
    const EpochMinute midnight = wall - stretch.offset;
    if (stretch.start <= midnight - 2 * minutes_per_day &&
        midnight + 3 * minutes_per_day <= stretch.end) {
      return midnight;
    }
  }
  return std::nullopt;
}

std::int32_t WallClock::shown_at(EpochMinute minute) const {
  auto stretch = stretches_.begin();
  while (minute >= stretch->end) ++stretch;
  return minute + stretch->offset;
}

LocalDate WallClock::date_at(EpochMinute minute) const {
  return LocalDate{std::chrono::floor<std::chrono::days>(minutes{shown_at(minute)})};
}

}  // namespace frontdesk::availability

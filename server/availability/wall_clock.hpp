#pragma once

#include "core/civil.hpp"
#include "core/instant.hpp"
#include "core/zone.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

/// The engine counts in whole minutes: four bytes, exact, and what a grid of slots is made of.
namespace frontdesk::availability {

inline constexpr std::int32_t minutes_per_day = 1440;

/// Minutes since 1970-01-01T00:00Z.
using EpochMinute = std::int32_t;

/// From `start` up to, not including, `end`.
struct MinuteRange {
  EpochMinute start;
  EpochMinute end;

  friend auto operator<=>(const MinuteRange&, const MinuteRange&) = default;
};

/// Two thousand years: what lies further from 1970 is held at that.
inline constexpr std::chrono::minutes farthest{1 << 30};

/// The last minute that has begun at `instant`.
inline EpochMinute floor_minute(Instant instant) {
  const auto held = std::clamp<Instant::duration>(instant.time_since_epoch(), -farthest, farthest);
  return static_cast<EpochMinute>(std::chrono::floor<std::chrono::minutes>(held).count());
}

/// The first minute that begins at or after `instant`.
inline EpochMinute ceil_minute(Instant instant) {
  return -floor_minute(Instant{-instant.time_since_epoch()});
}

inline Instant instant_of(EpochMinute minute) {
  return Instant{std::chrono::minutes{minute}};
}

/// A zone over a stretch of days, for converting thousands of wall times: cctz is asked for the few
/// changes of the clock, the rest is arithmetic. Offsets of zones are whole minutes since 1972.
class WallClock {
 public:
  /// Right for instants from `first` to `end` and wall times that mean one of them.
  WallClock(const Zone& zone, EpochMinute first, EpochMinute end);

  /// When an interval that starts at this wall time opens: at its first occurrence; where the clock
  /// jumps over it, at the jump.
  [[nodiscard]] EpochMinute opening(LocalDate date, LocalTime time) const {
    return opening(wall_minute(date, time));
  }

  /// When an interval that ends at this wall time closes: at its last occurrence; where the clock
  /// jumps over it, at the jump. 24:00 is 00:00 of the next day.
  [[nodiscard]] EpochMinute closing(LocalDate date, LocalTime time) const {
    return closing(wall_minute(date, time));
  }

  /// The interval of wall times as instants; empty (start >= end) where the clock jumps over all of
  /// it.
  [[nodiscard]] MinuteRange interval(LocalDate date, LocalTime start, LocalTime end) const {
    return {opening(date, start), closing(date, end)};
  }

  /// Where no change of the clock is near, wall times of `date` are midnight plus the time; nothing
  /// on the days around a change.
  [[nodiscard]] std::optional<EpochMinute> plain_midnight(LocalDate date) const;

  /// What the clock shows: minutes since 1970-01-01 00:00 of the wall.
  [[nodiscard]] std::int32_t shown_at(EpochMinute minute) const;
  [[nodiscard]] LocalDate date_at(EpochMinute minute) const;

 private:
  /// The clock shows UTC + offset from `start` until the next stretch starts.
  struct Stretch {
    EpochMinute start;
    EpochMinute end;
    std::int32_t offset;
  };

  static std::int32_t wall_minute(LocalDate date, LocalTime time) {
    return static_cast<std::int32_t>(date.time_since_epoch().count()) * minutes_per_day +
           static_cast<std::int32_t>(time.count());
  }
  [[nodiscard]] EpochMinute opening(std::int32_t wall_minute) const;
  [[nodiscard]] EpochMinute closing(std::int32_t wall_minute) const;

  std::vector<Stretch> stretches_;  ///< without gaps, the first and the last without bounds
};

}  // namespace frontdesk::availability

#pragma once

#include "core/instant.hpp"

namespace frontdesk {

/// Time from `start` up to, not including, `end`. A valid one has start < end (I9).
struct TimeRange {
  Instant start;
  Instant end;

  [[nodiscard]] constexpr bool overlaps(const TimeRange& other) const {
    return start < other.end && other.start < end;
  }
  [[nodiscard]] constexpr bool contains(const TimeRange& other) const {
    return start <= other.start && other.end <= end;
  }
  friend constexpr auto operator<=>(const TimeRange&, const TimeRange&) = default;
};

}  // namespace frontdesk

#pragma once

#include <cstdint>

namespace frontdesk::availability {

/// Division by a slot interval, as a multiplication: the engine divides for every stretch of free
/// time, and a division costs as much as all the rest of it. Exact for minutes in [0, 2^32 /
/// interval), which is five years for the longest interval.
class SlotGrid {
 public:
  /// `interval` in minutes, 1 to 1440.
  explicit SlotGrid(std::int32_t interval)
      : interval_(interval),
        reciprocal_((std::uint64_t{1} << 32) / static_cast<std::uint32_t>(interval) + 1) {}

  /// How many whole intervals there are in this many minutes.
  [[nodiscard]] std::int32_t steps_in(std::int32_t minutes) const {
    return static_cast<std::int32_t>((static_cast<std::uint32_t>(minutes) * reciprocal_) >> 32);
  }
  [[nodiscard]] bool divides(std::int32_t minutes) const {
    return steps_in(minutes) * interval_ == minutes;
  }
  [[nodiscard]] std::int32_t interval() const { return interval_; }

 private:
  std::int32_t interval_;
  std::uint64_t reciprocal_;
};

}  // namespace frontdesk::availability

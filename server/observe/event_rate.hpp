#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>

namespace frontdesk::observe {

/// How many events there were in the last minute, counted by whole seconds. Used by all threads at
/// once.
class EventRate {
 public:
  using Clock = std::chrono::steady_clock;

  void record(Clock::time_point now);
  /// Events of the 60 seconds up to and including that of `now`.
  [[nodiscard]] std::uint64_t last_minute(Clock::time_point now) const;

 private:
  struct Second {
    std::int64_t number = -1;  ///< which second of the clock is counted here
    std::uint64_t events = 0;
  };

  mutable std::mutex mutex_;
  std::array<Second, 60> seconds_{};
};

}  // namespace frontdesk::observe

#pragma once

#include <chrono>
#include <mutex>

namespace frontdesk::storage {

/// Spares a service that is down, and those who wait for it (R72): after `failures` in a row nobody
/// asks for `rest`; then one does, and the others as soon as that has worked. Thread-safe.
class CircuitBreaker {
 public:
  using Clock = std::chrono::steady_clock;

  explicit CircuitBreaker(unsigned failures = 5, Clock::duration rest = std::chrono::seconds{10})
      : limit_(failures), rest_(rest) {}

  /// Whether to ask now.
  bool admits(Clock::time_point now = Clock::now()) {
    const std::lock_guard lock(mutex_);
    if (failures_ < limit_) return true;
    if (now < next_try_) return false;
    next_try_ = now + rest_;  // this one tries for all
    return true;
  }

  void succeeded() {
    const std::lock_guard lock(mutex_);
    failures_ = 0;
  }

  void failed(Clock::time_point now = Clock::now()) {
    const std::lock_guard lock(mutex_);
    if (failures_ < limit_) ++failures_;
    if (failures_ == limit_) next_try_ = now + rest_;
  }

 private:
  const unsigned limit_;
  const Clock::duration rest_;
  std::mutex mutex_;
  unsigned failures_ = 0;
  Clock::time_point next_try_{};
};

}  // namespace frontdesk::storage

#pragma once

#include "core/circuit.hpp"

#include <chrono>
#include <mutex>

namespace frontdesk::storage {

/// A Circuit for calls from several threads: half open, one of them tries for all, and another one
/// where that has said nothing for ten seconds. Thread-safe.
class SharedCircuit {
 public:
  explicit SharedCircuit(CircuitRules rules = {}) : circuit_(rules) {}

  /// Whether to call now. Who does says how that ended.
  bool admits(Circuit::Time now = std::chrono::steady_clock::now()) {
    const std::lock_guard lock(mutex_);
    const auto state = circuit_.state(now);
    if (state != Circuit::State::half_open) return state == Circuit::State::closed;
    if (now < next_probe_) return false;
    next_probe_ = now + longest_call;
    return true;
  }

  void succeeded() {
    const std::lock_guard lock(mutex_);
    circuit_.succeeded();
    next_probe_ = {};
  }

  void failed(Circuit::Time now = std::chrono::steady_clock::now()) {
    const std::lock_guard lock(mutex_);
    circuit_.failed(now);
    next_probe_ = {};
  }

 private:
  static constexpr std::chrono::seconds longest_call{10};  // R72

  std::mutex mutex_;
  Circuit circuit_;
  Circuit::Time next_probe_{};
};

}  // namespace frontdesk::storage

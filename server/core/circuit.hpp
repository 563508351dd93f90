#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace frontdesk {

struct CircuitRules {
  std::size_t failures = 5;  ///< in a row, until it opens
  std::chrono::milliseconds first_pause{1'000};
  std::chrono::milliseconds longest_pause{30'000};  ///< pauses double up to this
};

/// Keeps calls away from a service that fails (R72). Closed, everything passes; after some failures
/// in a row it opens, and nothing does; after a pause it is half open: one call may try. What that
/// finds closes it, or opens it for twice the pause.
class Circuit {
 public:
  using Time = std::chrono::steady_clock::time_point;
  enum class State : std::uint8_t { closed = 0, half_open = 1, open = 2 };

  explicit Circuit(CircuitRules rules = {}) : rules_(rules) {}

  [[nodiscard]] State state(Time now) const;

  /// How calls ended.
  void succeeded();
  void failed(Time now);

 private:
  CircuitRules rules_;
  std::size_t failures_ = 0;  ///< in a row
  std::chrono::milliseconds pause_{0};
  Time opened_;
};

}  // namespace frontdesk

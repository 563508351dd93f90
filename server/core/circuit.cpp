#include "core/circuit.hpp"

#include <algorithm>

namespace frontdesk {

Circuit::State Circuit::state(Time now) const {
  if (failures_ < rules_.failures) return State::closed;
  return now < opened_ + pause_ ? State::open : State::half_open;
}

void Circuit::succeeded() {
  failures_ = 0;
  pause_ = std::chrono::milliseconds{0};
}

void Circuit::failed(Time now) {
  // Of calls that were under way when it opened each would double the pause again.
  if (state(now) == State::open) return;
  if (++failures_ < rules_.failures) return;
  failures_ = rules_.failures;
  pause_ = pause_.count() == 0 ? rules_.first_pause : std::min(pause_ * 2, rules_.longest_pause);
  opened_ = now;
}

}  // namespace frontdesk

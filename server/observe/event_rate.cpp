#include "observe/event_rate.hpp"

namespace frontdesk::observe {
namespace {

std::int64_t second_of(EventRate::Clock::time_point time) {
  return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
}

}  // namespace

void EventRate::record(Clock::time_point now) {
  const std::int64_t number = second_of(now);
  const std::lock_guard lock(mutex_);
  Second& second = seconds_[static_cast<std::size_t>(number) % seconds_.size()];
  if (second.number != number) second = {number, 0};
  ++second.events;
}

std::uint64_t EventRate::last_minute(Clock::time_point now) const {
  const std::int64_t newest = second_of(now);
  const std::int64_t oldest = newest - static_cast<std::int64_t>(seconds_.size()) + 1;
  std::uint64_t events = 0;
  const std::lock_guard lock(mutex_);
  for (const Second& second : seconds_) {
    if (second.number >= oldest && second.number <= newest) events += second.events;
  }
  return events;
}

}  // namespace frontdesk::observe

#include "queue/bell.hpp"

#include <utility>

namespace frontdesk::queue {

void Bell::ring() {
  const std::lock_guard lock(mutex_);
  if (rung_ || !wake_) return;
  rung_ = true;
  wake_();
}

void Bell::listen(std::function<void()> wake) {
  const std::lock_guard lock(mutex_);
  wake_ = std::move(wake);
  rung_ = false;
}

void Bell::heard() {
  const std::lock_guard lock(mutex_);
  rung_ = false;
}

}  // namespace frontdesk::queue

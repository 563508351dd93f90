#pragma once

#include "core/deadline.hpp"
#include "core/task.hpp"

#include <chrono>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace frontdesk::queue {

/// Lets one coroutine wait for another on the same thread. A notify() that nobody waits for is kept
/// for the next wait.
class WakeUp {
 public:
  explicit WakeUp(asio::io_context& context) : timer_(context.get_executor()) {}

  /// Until notify() or `deadline`.
  Task<void> wait(Deadline deadline) {
    if (!notified_) {
      timer_.expires_at(deadline);
      co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable_t<Executor>()));
    }
    notified_ = false;
  }

  void notify() {
    notified_ = true;
    timer_.cancel();
  }

 private:
  asio::basic_waitable_timer<std::chrono::steady_clock,
                             asio::wait_traits<std::chrono::steady_clock>, Executor>
      timer_;
  bool notified_ = false;
};

}  // namespace frontdesk::queue

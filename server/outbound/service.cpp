#include "outbound/service.hpp"

#include <algorithm>
#include <deque>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace frontdesk::outbound {
namespace {

using std::chrono::steady_clock;
using Timer = asio::basic_waitable_timer<steady_clock, asio::wait_traits<steady_clock>, Executor>;

}  // namespace

struct Service::Core {
  Core(asio::io_context& io, ServiceLimits rules)
      : context(io), limits(rules), circuit(rules.circuit) {}

  [[nodiscard]] std::size_t capacity() const {
    switch (circuit.state(steady_clock::now())) {
      case Circuit::State::closed:
        return limits.in_flight;
      case Circuit::State::half_open:
        return 1;
      case Circuit::State::open:
        return 0;
    }
    return 0;
  }

  void note_state() { state.store(circuit.state(steady_clock::now())); }

  // Whoever is woken has left the queue: two places that become free at once wake two.
  void wake_next() {
    if (waiting.empty()) return;
    auto* const timer = waiting.front();
    waiting.pop_front();
    timer->cancel();
  }

  asio::io_context& context;
  const ServiceLimits limits;
  Circuit circuit;
  std::atomic<Circuit::State> state{Circuit::State::closed};
  std::size_t in_flight = 0;
  std::deque<Timer*> waiting;
};

namespace {

// A place in the queue, given up however the wait ends.
class Turn {
 public:
  Turn(asio::io_context& context, std::deque<Timer*>& queue, Deadline deadline, bool is_first)
      : timer_(context.get_executor(), deadline), queue_(queue) {
    if (is_first) {
      queue_.push_front(&timer_);
    } else {
      queue_.push_back(&timer_);
    }
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() { std::erase(queue_, &timer_); }

  /// Whether it was woken, be the deadline over or not.
  Task<bool> wait() {
    co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable_t<Executor>()));
    co_return std::ranges::find(queue_, &timer_) == queue_.end();
  }

 private:
  Timer timer_;
  std::deque<Timer*>& queue_;
};

}  // namespace

Service::Service(asio::io_context& context, ServiceLimits limits)
    : core_(std::make_shared<Core>(context, limits)) {}

// Whoever was woken and leaves without a place, or finds more than one, wakes the next.
Task<std::optional<Service::Permit>> Service::acquire(Deadline deadline) {
  const auto core = core_;
  bool was_woken = false;
  while (core->in_flight >= core->capacity()) {
    const bool is_full = !was_woken && core->waiting.size() >= core->limits.waiting;
    if (core->capacity() == 0 || is_full || steady_clock::now() >= deadline) {
      if (was_woken) core->wake_next();
      co_return std::nullopt;
    }
    Turn turn(core->context, core->waiting, deadline, was_woken);
    was_woken = co_await turn.wait();
  }
  Permit permit(core);
  if (core->in_flight < core->capacity()) core->wake_next();
  co_return permit;
}

std::size_t Service::capacity() const {
  return core_->capacity();
}

Circuit::State Service::state() const {
  return core_->state.load();
}

Service::Permit::Permit(std::shared_ptr<Core> core) : core_(std::move(core)) {
  ++core_->in_flight;
}

Service::Permit::~Permit() {
  if (!core_) return;
  --core_->in_flight;
  core_->wake_next();
}

void Service::Permit::succeeded() {
  core_->circuit.succeeded();
  core_->note_state();
}

void Service::Permit::failed() {
  core_->circuit.failed(steady_clock::now());
  core_->note_state();
}

}  // namespace frontdesk::outbound

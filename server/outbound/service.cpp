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
  Turn(asio::io_context& context, std::deque<Timer*>& queue, Deadline deadline)
      : timer_(context.get_executor(), deadline), queue_(queue) {
    queue_.push_back(&timer_);
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() { std::erase(queue_, &timer_); }

  Task<void> wait() {
    co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable_t<Executor>()));
  }

 private:
  Timer timer_;
  std::deque<Timer*>& queue_;
};

}  // namespace

Service::Service(asio::io_context& context, ServiceLimits limits)
    : core_(std::make_shared<Core>(context, limits)) {}

Task<std::optional<Service::Permit>> Service::acquire(Deadline deadline) {
  const auto core = core_;
  while (core->in_flight >= core->capacity()) {
    const bool is_open = core->capacity() == 0;
    if (is_open || core->waiting.size() >= core->limits.waiting) co_return std::nullopt;
    Turn turn(core->context, core->waiting, deadline);
    co_await turn.wait();
    if (steady_clock::now() >= deadline) co_return std::nullopt;
  }
  co_return Permit(core);
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
  if (!core_->waiting.empty()) core_->waiting.front()->cancel();
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

#include "http/connection_set.hpp"

#include "http/connection.hpp"

#include <vector>

namespace frontdesk::http {

ConnectionSet::ConnectionSet(asio::io_context& io, Application& application,
                             const ConnectionLimits& limits)
    : application_(application),
      limits_(limits),
      sweep_timer_(io.get_executor()),
      empty_(io.get_executor()) {}

ConnectionSet::~ConnectionSet() = default;

void ConnectionSet::add(Connection& connection, bool is_refusal) {
  if (is_refusal) ++refusals_;
  connections_.push_back(connection);
  arm();
}

void ConnectionSet::note_departure(bool was_refusal) {
  if (was_refusal) --refusals_;
  if (connections_.empty()) empty_.cancel();
}

void ConnectionSet::begin_draining() {
  draining_ = true;
  sweep();
}

void ConnectionSet::arm() {
  if (sweeping_ || connections_.empty()) return;
  sweeping_ = true;
  sweep_timer_.expires_after(limits_.tick);
  sweep_timer_.async_wait([self = shared_from_this()](boost::system::error_code error) {
    self->sweeping_ = false;
    if (error) return;
    self->sweep();
    self->arm();
  });
}

template <class IsDue, class Act>
void ConnectionSet::visit(IsDue is_due, Act act) {
  std::vector<std::shared_ptr<Connection>> due;
  for (Connection& connection : connections_) {
    if (is_due(connection)) due.push_back(connection.shared_from_this());
  }
  for (const auto& connection : due) act(*connection);
}

void ConnectionSet::sweep() {
  const auto now = SteadyClock::now();
  visit([now](const Connection& connection) { return connection.needs_attention(now); },
        [now](Connection& connection) { connection.attend(now); });
}

void ConnectionSet::cut_all() {
  visit([](const Connection&) { return true; }, [](Connection& connection) { connection.cut(); });
}

Task<void> ConnectionSet::wait_until_empty(SteadyClock::duration limit) {
  empty_.expires_after(limit);
  while (!connections_.empty() && SteadyClock::now() < empty_.expiry()) {
    co_await empty_.async_wait(as_result);
  }
}

}  // namespace frontdesk::http

#include "http/listener.hpp"

#include "http/connection.hpp"

#include <exception>
#include <utility>

#include <boost/asio/co_spawn.hpp>

namespace frontdesk::http {

struct Listener::Acceptance {
  Acceptance(asio::io_context& io, ListeningPort& port, Application& application,
             ConnectionCount& connection_count, const ConnectionLimits& limits)
      : acceptor(port.open(io)),
        pause(io.get_executor()),
        set(std::make_shared<ConnectionSet>(io, application, limits)),
        count(connection_count) {}

  /// False where there is no memory for one more.
  bool admit(TcpSocket socket, const asio::ip::tcp::endpoint& peer);
  void admit_waiting();
  void stop();
  static Task<void> run(std::shared_ptr<Acceptance> self);

  TcpAcceptor acceptor;
  SteadyTimer pause;
  std::shared_ptr<ConnectionSet> set;
  ConnectionCount& count;
};

bool Listener::Acceptance::admit(TcpSocket socket, const asio::ip::tcp::endpoint& peer) try {
  ConnectionSlot slot(count);
  // Who is one too many is told so, unless too many are being told: those are just closed.
  if (!slot && set->refusals() >= set->limits().refusals) return true;
  std::make_shared<Connection>(std::move(socket), peer, set, std::move(slot))->start();
  return true;
} catch (const std::exception&) {
  return false;
}

void Listener::Acceptance::admit_waiting() {
  boost::system::error_code error;
  acceptor.non_blocking(true, error);
  while (!error) {
    asio::ip::tcp::endpoint peer;
    TcpSocket socket = acceptor.accept(peer, error);
    if (!error) admit(std::move(socket), peer);
  }
}

void Listener::Acceptance::stop() {
  if (!acceptor.is_open()) return;
  set->begin_draining();
  // The kernel has accepted these on our behalf: closing the listening socket would reset them.
  admit_waiting();
  boost::system::error_code ignored;
  acceptor.close(ignored);
  pause.cancel();
}

Task<void> Listener::Acceptance::run(std::shared_ptr<Acceptance> self) {
  while (self->acceptor.is_open()) {
    asio::ip::tcp::endpoint peer;
    auto [error, socket] = co_await self->acceptor.async_accept(peer, as_result);
    const bool admitted = !error && self->admit(std::move(socket), peer);
    if (!admitted && self->acceptor.is_open()) {
      // EMFILE, ENFILE, ENOBUFS, ENOMEM: it passes when connections end. Until then the kernel
      // keeps the newcomers waiting.
      self->count.note_accept_failure();
      self->pause.expires_after(self->set->limits().accept_pause);
      co_await self->pause.async_wait(as_result);
    }
  }
}

Listener::Listener(asio::io_context& io, ListeningPort& port, Application& application,
                   ConnectionCount& count, const ConnectionLimits& limits)
    : acceptance_(std::make_shared<Acceptance>(io, port, application, count, limits)) {}

Listener::~Listener() {
  boost::system::error_code ignored;
  acceptance_->acceptor.close(ignored);
  acceptance_->pause.cancel();
}

void Listener::start() {
  asio::co_spawn(acceptance_->acceptor.get_executor(), Acceptance::run(acceptance_),
                 [](const std::exception_ptr&) {});
}

void Listener::stop_accepting() {
  acceptance_->stop();
}

Task<std::size_t> Listener::drain(std::chrono::milliseconds limit) {
  constexpr std::chrono::seconds time_to_end{1};
  const auto set = acceptance_->set;
  stop_accepting();
  co_await set->wait_until_empty(limit);
  if (set->size() > 0) {
    set->cut_all();
    co_await set->wait_until_empty(time_to_end);
  }
  co_return set->size();
}

std::size_t Listener::open_connections() const {
  return acceptance_->set->size();
}

}  // namespace frontdesk::http

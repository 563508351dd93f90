#pragma once

#include "http/connection_limits.hpp"
#include "http/exchange.hpp"
#include "http/listening_port.hpp"

#include <chrono>
#include <cstddef>
#include <memory>

#include <boost/asio/io_context.hpp>

namespace frontdesk::http {

/// Accepts the connections of one thread and serves them with `application`. Goes on accepting
/// through a lack of descriptors or memory, after a pause (R43).
///
///     http::ConnectionCount count;                                // one per process
///     http::ListeningPort port(listen.address, listen.port);     // one per process
///     http::Listener listener(io, port, application, count);     // one per thread
///     listener.start();
///     …
///     co_await listener.drain();                                  // on SIGTERM, on that thread
///
/// Not thread-safe: made before the thread runs `io`, and from then on used on that thread only
/// (asio::post to it). `application` and `count` outlive the connections: io_context included,
/// unless drain() has said that none is left.
class Listener {
 public:
  Listener(asio::io_context& io, ListeningPort& port, Application& application,
           ConnectionCount& count, const ConnectionLimits& limits = {});
  /// Stops accepting; the connections go on for as long as `io` runs.
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  void start();

  /// Serves those who are connected already, refuses new ones. Idle connections are closed at
  /// once, the others after the answer that they are owed.
  void stop_accepting();

  /// stop_accepting(), then waits until all connections are gone (R44); after `limit` the sockets
  /// that are left are closed and their handlers cancelled, which get a second to end. Returns how
  /// many connections are left even then: 0 unless a handler cannot be cancelled.
  Task<std::size_t> drain(std::chrono::milliseconds limit = std::chrono::seconds{30});

  /// Connections of this thread.
  [[nodiscard]] std::size_t open_connections() const;

 private:
  struct Acceptance;
  std::shared_ptr<Acceptance> acceptance_;  ///< shared with the accepting coroutine
};

}  // namespace frontdesk::http

#pragma once

#include "http/tcp.hpp"

#include <cstdint>
#include <optional>
#include <string>

#include <boost/asio/io_context.hpp>

namespace frontdesk::http {

/// A port that this process holds alone and that each of its threads listens on with a socket of
/// its own (SO_REUSEPORT: the kernel spreads the connections).
///
/// SO_REUSEPORT alone would let a second server share the port in silence. Here the first socket is
/// bound and listening without it, which the kernel grants to one process only, and is opened to
/// further sockets after that.
///
/// Made and used by one thread, before the I/O threads start.
class ListeningPort {
 public:
  /// Takes the port; 0 lets the kernel choose. `address` is an IPv4 or IPv6 literal; `::` serves
  /// both. Throws a Fault that names address and port and the reason: in use, not ours, no literal.
  ListeningPort(const std::string& address, std::uint16_t port);
  ~ListeningPort();
  ListeningPort(const ListeningPort&) = delete;
  ListeningPort& operator=(const ListeningPort&) = delete;

  /// A listening socket for one more thread, served by `io`. Throws a Fault.
  TcpAcceptor open(asio::io_context& io);

  /// With the port that the kernel chose, where it was left to it.
  [[nodiscard]] const asio::ip::tcp::endpoint& endpoint() const { return endpoint_; }

 private:
  asio::ip::tcp::endpoint endpoint_;
  int first_descriptor_ = -1;  ///< handed out by the first open()
};

}  // namespace frontdesk::http

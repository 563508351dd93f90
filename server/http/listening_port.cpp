#include "http/listening_port.hpp"

#include "core/error.hpp"

#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

namespace frontdesk::http {
namespace {

[[noreturn]] void fail(const std::string& where, std::string_view reason) {
  throw Fault(fmt::format("cannot listen on {}: {}", where, reason), unavailable());
}

std::string describe(const std::string& address, std::uint16_t port) {
  return address.contains(':') ? fmt::format("[{}]:{}", address, port)
                               : fmt::format("{}:{}", address, port);
}

std::string describe(const asio::ip::tcp::endpoint& endpoint) {
  return describe(endpoint.address().to_string(), endpoint.port());
}

std::string reason_of(int error) {
  if (error == EADDRINUSE) return "another program, or another frontdesk, has this port";
  if (error == EADDRNOTAVAIL) return "this machine does not have this address";
  if (error == EACCES) return "this user may not take this port";
  return std::system_category().message(error);
}

bool enable(int descriptor, int option) {
  const int on = 1;
  return ::setsockopt(descriptor, SOL_SOCKET, option, &on, sizeof on) == 0;
}

/// A listening socket. SO_REUSEADDR, so that a restart need not wait for the last connections of
/// the server before to be forgotten.
int listen_on(const asio::ip::tcp::endpoint& endpoint, bool shared) {
  const int descriptor =
      ::socket(endpoint.protocol().family(), SOCK_STREAM | SOCK_CLOEXEC, IPPROTO_TCP);
  if (descriptor < 0) fail(describe(endpoint), reason_of(errno));
  if (!enable(descriptor, SO_REUSEADDR) || (shared && !enable(descriptor, SO_REUSEPORT)) ||
      ::bind(descriptor, endpoint.data(), static_cast<socklen_t>(endpoint.size())) != 0 ||
      ::listen(descriptor, SOMAXCONN) != 0 || !enable(descriptor, SO_REUSEPORT)) {
    const int error = errno;
    ::close(descriptor);
    fail(describe(endpoint), reason_of(error));
  }
  return descriptor;
}

}  // namespace

ListeningPort::ListeningPort(const std::string& address, std::uint16_t port) {
  boost::system::error_code error;
  const auto parsed = asio::ip::make_address(address, error);
  if (error) fail(describe(address, port), "the address is no IPv4 or IPv6 literal");
  endpoint_ = {parsed, port};
  first_descriptor_ = listen_on(endpoint_, false);
  auto size = static_cast<socklen_t>(endpoint_.capacity());
  if (::getsockname(first_descriptor_, endpoint_.data(), &size) != 0) {
    const int cause = errno;
    ::close(first_descriptor_);
    fail(describe(address, port), reason_of(cause));
  }
}

ListeningPort::~ListeningPort() {
  if (first_descriptor_ >= 0) ::close(first_descriptor_);
}

TcpAcceptor ListeningPort::open(asio::io_context& io) {
  int descriptor = std::exchange(first_descriptor_, -1);
  if (descriptor < 0) descriptor = listen_on(endpoint_, true);
  TcpAcceptor acceptor(io.get_executor());
  boost::system::error_code error;
  if (acceptor.assign(endpoint_.protocol(), descriptor, error); error) {
    ::close(descriptor);
    fail(describe(endpoint_), error.message());
  }
  return acceptor;
}

}  // namespace frontdesk::http

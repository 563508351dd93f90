#pragma once

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace frontdesk::http {

/// One answer as it came over the wire.
struct WireAnswer {
  unsigned status = 0;  ///< 0: the connection ended before a whole answer
  std::string head;
  std::string body;

  [[nodiscard]] bool has(std::string_view text) const { return head.contains(text); }
};

/// For tests: a blocking socket to 127.0.0.1 that sends exactly what it is told. Every call gives
/// up after ten seconds.
class LoopbackClient {
 public:
  explicit LoopbackClient(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{.tv_sec = 10, .tv_usec = 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  LoopbackClient(LoopbackClient&& other) noexcept
      : descriptor_(std::exchange(other.descriptor_, -1)),
        connected_(other.connected_),
        received_(std::move(other.received_)) {}
  LoopbackClient& operator=(LoopbackClient&&) = delete;
  ~LoopbackClient() { close(); }

  [[nodiscard]] bool connected() const { return connected_; }
  [[nodiscard]] int descriptor() const { return descriptor_; }

  void close() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  }
  /// Ends with a reset instead of a FIN.
  void reset() {
    const linger abrupt{.l_onoff = 1, .l_linger = 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &abrupt, sizeof abrupt);
    close();
  }
  void finish_sending() { ::shutdown(descriptor_, SHUT_WR); }

  /// False where the server has closed the connection.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  /// The next answer; `without_body` for one to HEAD.
  WireAnswer answer(bool without_body = false) {
    WireAnswer answer;
    auto end = received_.find("\r\n\r\n");
    for (; end == std::string::npos; end = received_.find("\r\n\r\n")) {
      if (!receive()) return answer;
    }
    answer.head = received_.substr(0, end + 2);
    received_.erase(0, end + 4);
    const auto status = static_cast<unsigned>(std::strtoul(answer.head.c_str() + 9, nullptr, 10));
    std::size_t length = 0;
    if (const auto at = answer.head.find("\r\nContent-Length: "); at != std::string::npos) {
      length = std::strtoul(answer.head.c_str() + at + 18, nullptr, 10);
    }
    if (without_body) length = 0;
    while (received_.size() < length) {
      if (!receive()) return answer;
    }
    answer.body = received_.substr(0, length);
    received_.erase(0, length);
    answer.status = status;
    return answer;
  }

  /// Whether nothing but the end of the connection follows.
  bool ends() { return received_.empty() && !receive(); }

  WireAnswer ask(std::string_view request) {
    send(request);
    return answer();
  }

 private:
  bool receive() {
    std::array<char, 16384> buffer;
    const ssize_t count = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
    if (count <= 0) return false;
    received_.append(buffer.data(), static_cast<std::size_t>(count));
    return true;
  }

  int descriptor_;
  bool connected_ = false;
  std::string received_;
};

/// `METHOD TARGET` with a Host and these further lines.
inline std::string request(std::string_view method_and_target, std::string_view lines = "") {
  std::string text(method_and_target);
  return text.append(" HTTP/1.1\r\nHost: example.test\r\n").append(lines).append("\r\n");
}

}  // namespace frontdesk::http

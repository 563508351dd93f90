#include "doctor/doctor.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace frontdesk::doctor {
namespace {

constexpr timeval patience{2, 0};
constexpr std::string_view alive = R"({"success":true,"data":{"status":"ok"}})";

struct Address {
  sockaddr_storage storage{};
  socklen_t size = 0;
  [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

Address address_of(const std::string& literal, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  Address address;
  if (::getaddrinfo(literal.c_str(), std::to_string(port).c_str(), &hints, &found) != 0) {
    return address;
  }
  std::memcpy(&address.storage, found->ai_addr, found->ai_addrlen);
  address.size = found->ai_addrlen;
  ::freeaddrinfo(found);
  return address;
}

// 0, or the system's error. Without SO_REUSEPORT, which would let any number in.
int try_to_listen(const Address& address) {
  const int file = ::socket(address.get()->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (file < 0) return errno;
  const int yes = 1;
  ::setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  const int error = ::bind(file, address.get(), address.size) == 0 ? 0 : errno;
  ::close(file);
  return error;
}

std::string ask_health(const Address& address) {
  const int file = ::socket(address.get()->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (file < 0) return {};
  ::setsockopt(file, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
  ::setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  constexpr std::string_view request =
      "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  std::string answer;
  if (::connect(file, address.get(), address.size) == 0 &&
      ::send(file, request.data(), request.size(), MSG_NOSIGNAL) ==
          static_cast<ssize_t>(request.size())) {
    std::array<char, 4'096> buffer{};
    for (ssize_t count = 1; count > 0 && answer.size() < buffer.size();) {
      count = ::recv(file, buffer.data(), buffer.size(), 0);
      if (count > 0) answer.append(buffer.data(), static_cast<std::size_t>(count));
    }
  }
  ::close(file);
  return answer;
}

}  // namespace

Findings check_port(const std::string& literal, std::uint16_t port) {
  const auto address = address_of(literal, port);
  const auto name = fmt::format("{}:{}", literal, port);
  const int error = address.size > 0 ? try_to_listen(address) : EADDRNOTAVAIL;
  if (error == 0) return {{"port", Grade::ok, name + " is free: no server runs there", ""}};
  if (error != EADDRINUSE) {
    return {{"port", Grade::problem,
             fmt::format("{} cannot be listened on: {}", name, std::strerror(error)),
             "Change FRONTDESK_LISTEN."}};
  }
  if (ask_health(address).find(alive) != std::string::npos) {
    return {{"port", Grade::ok, "a Frontdesk answers on " + name, ""}};
  }
  return {{"port", Grade::problem, name + " is taken by something that is not Frontdesk",
           "Stop it, or change FRONTDESK_LISTEN."}};
}

}  // namespace frontdesk::doctor

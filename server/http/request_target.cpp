#include "http/request_target.hpp"

#include "http/field_syntax.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace frontdesk::http {
namespace {

/// VCHAR without the fragment's sign. Characters that RFC 3986 wants encoded (`|`, `[`, `"`) pass:
/// browsers send them, and they change no framing.
bool is_target_byte(char c) {
  return c > 0x20 && c < 0x7f && c != '#';
}

bool is_hex_digit(char c) {
  return is_digit(c) || (to_lower_ascii(c) >= 'a' && to_lower_ascii(c) <= 'f');
}

/// unreserved and sub-delims of RFC 3986.
bool is_name_byte(char c) {
  return is_digit(c) || (to_lower_ascii(c) >= 'a' && to_lower_ascii(c) <= 'z') ||
         std::string_view("-._~!$&'()*+,;=").contains(c);
}

bool is_registered_name(std::string_view name) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (is_name_byte(name[i])) continue;
    if (name[i] != '%' || i + 2 >= name.size()) return false;
    if (!is_hex_digit(name[i + 1]) || !is_hex_digit(name[i + 2])) return false;
    i += 2;
  }
  return !name.empty();
}

bool is_port(std::string_view digits) {
  if (digits.empty()) return true;  // `port = *DIGIT`
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  return error == std::errc{} && end == digits.data() + digits.size();
}

/// The digits and dots of an address; whether it exists does not matter to anybody here.
bool is_address_literal(std::string_view text) {
  return text.size() >= 2 &&
         std::ranges::all_of(text, [](char c) { return is_hex_digit(c) || c == ':' || c == '.'; });
}

std::size_t scheme_length(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (target.size() > scheme.size() &&
        equals_ignoring_case(target.substr(0, scheme.size()), scheme)) {
      return scheme.size();
    }
  }
  return 0;
}

}  // namespace

Error malformed_request(std::string message) {
  return {.kind = ErrorKind::malformed, .code = "malformed_request", .message = std::move(message)};
}

bool is_host_and_port(std::string_view text) {
  if (text.starts_with('[')) {
    const auto bracket = text.find(']');
    if (bracket == std::string_view::npos) return false;
    const std::string_view rest = text.substr(bracket + 1);
    return is_address_literal(text.substr(1, bracket - 1)) &&
           (rest.empty() || (rest.front() == ':' && is_port(rest.substr(1))));
  }
  const auto colon = text.find(':');
  if (!is_registered_name(text.substr(0, colon))) return false;
  return colon == std::string_view::npos || is_port(text.substr(colon + 1));
}

Result<RequestTarget> parse_request_target(std::string_view method, std::string_view target) {
  if (method == "CONNECT") {
    return refuse({.kind = ErrorKind::not_implemented,
                   .code = "not_implemented",
                   .message = "This server opens no tunnels."});
  }
  if (!std::ranges::all_of(target, is_target_byte)) {
    return refuse(malformed_request("The request target holds a byte that it must not."));
  }
  if (target.starts_with('/')) return RequestTarget{std::string(target), {}};
  if (target == "*" && method == "OPTIONS") return RequestTarget{"*", {}};

  const std::size_t scheme = scheme_length(target);
  if (scheme == 0) return refuse(malformed_request("The request target has no form we know."));
  const auto end = std::min(target.find_first_of("/?", scheme), target.size());
  const std::string_view authority = target.substr(scheme, end - scheme);
  if (!is_host_and_port(authority)) {
    return refuse(malformed_request("The request target names no valid host."));
  }
  std::string path(target.substr(end));
  // `OPTIONS http://host` means the server as a whole (RFC 9112 section 3.2.4).
  if (path.empty() && method == "OPTIONS") return RequestTarget{"*", std::string(authority)};
  if (!path.starts_with('/')) path.insert(path.begin(), '/');
  return RequestTarget{std::move(path), std::string(authority)};
}

}  // namespace frontdesk::http

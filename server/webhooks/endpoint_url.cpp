#include "webhooks/endpoint_url.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <system_error>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

namespace frontdesk::webhooks {
namespace {

constexpr std::size_t max_label = 63;  // RFC 1035 2.3.4
constexpr std::size_t max_name = 253;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= max_label && label.front() != '-' &&
         label.back() != '-' && std::ranges::all_of(label, [](char c) {
           return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                  c == '_';
         });
}

// What ends in a number is read as an address by libraries, in forms such as 127.1 or 0x7f000001
// (WHATWG URL, 3.5): those that are no plain address are refused as they stand.
bool is_host_name(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  if (name.empty() || name.size() > max_name) return false;
  const auto last = name.substr(name.rfind('.') + 1);
  if (!last.empty() && is_digit(last.front())) return false;
  for (;;) {
    const auto dot = name.find('.');
    if (!is_label(name.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    name.remove_prefix(dot + 1);
  }
}

struct Authority {
  std::string_view host;
  std::string_view port;  ///< with its colon; empty where there is none
};

// As the text has it: Boost.URL 1.81 reads the host 1.2.3.4 out of https://1.2.3.4.example.test/.
Authority authority_of(std::string_view url) {
  auto rest = url.substr(url.find("//") + 2);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  const auto colon = rest.find(':', rest.starts_with('[') ? rest.find(']') : 0);
  if (colon == std::string_view::npos) return {.host = rest, .port = {}};
  return {.host = rest.substr(0, colon), .port = rest.substr(colon)};
}

bool is_port(std::string_view port) {
  std::uint16_t number = 0;
  const auto* const end = port.data() + port.size();
  const auto [read, failure] = std::from_chars(port.data() + 1, end, number);
  return failure == std::errc{} && read == end && number > 0;
}

std::optional<boost::asio::ip::address> address_of(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  boost::system::error_code failure;
  const auto address = boost::asio::ip::make_address(std::string(host), failure);
  return failure ? std::nullopt : std::optional(address);
}

}  // namespace

std::optional<std::string> why_refused(std::string_view text, const outbound::Reach& reach) {
  if (text.size() > max_url_bytes) return "url must have at most 2000 characters.";
  const auto url = boost::urls::parse_uri(text);
  if (!url || !url->has_authority()) return "url must be an absolute URL.";
  if (url->scheme_id() != boost::urls::scheme::https) return "url must begin with https://.";
  if (url->has_userinfo()) return "url must hold no user name and no password.";
  if (url->has_fragment()) return "url must have no fragment (#).";
  const auto authority = authority_of(text);
  if (!authority.port.empty() && !is_port(authority.port)) return "url has a port that cannot be.";
  if (const auto address = address_of(authority.host)) {
    if (reach.covers(*address)) return std::nullopt;
    return "url must not name an address inside a private network.";
  }
  if (!is_host_name(authority.host)) return "url has a host that cannot be.";
  return std::nullopt;
}

}  // namespace frontdesk::webhooks

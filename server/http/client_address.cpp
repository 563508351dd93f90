#include "http/client_address.hpp"

#include "http/field_syntax.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

#include <arpa/inet.h>

namespace frontdesk::http {
namespace {

constexpr std::size_t mapped_prefix_bytes = 12;
constexpr std::array<std::uint8_t, mapped_prefix_bytes> mapped_prefix{0, 0, 0, 0, 0,    0,
                                                                      0, 0, 0, 0, 0xff, 0xff};
constexpr std::size_t max_hops = 32;

/// An element of X-Forwarded-For; some proxies add the port: `192.0.2.1:4711`,
/// `[2001:db8::1]:4711`.
std::optional<IpAddress> parse_hop(std::string_view text) {
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    return IpAddress::parse(text.substr(1, end - 1));
  }
  if (std::ranges::count(text, ':') == 1) text = text.substr(0, text.find(':'));
  return IpAddress::parse(text);
}

/// Takes the last element off a comma-separated list.
std::string_view take_last(std::string_view& list) {
  const auto comma = list.rfind(',');
  const auto start = comma == std::string_view::npos ? 0 : comma + 1;
  const std::string_view last = trim_white_space(list.substr(start));
  list = list.substr(0, comma == std::string_view::npos ? 0 : comma);
  return last;
}

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  text = text.substr(0, text.find('%'));
  char literal[INET6_ADDRSTRLEN];
  if (text.empty() || text.size() >= sizeof literal) return std::nullopt;
  std::memcpy(literal, text.data(), text.size());
  literal[text.size()] = '\0';
  if (std::strlen(literal) != text.size()) return std::nullopt;
  IpAddress address;
  if (text.contains(':')) {
    if (::inet_pton(AF_INET6, literal, address.bytes_.data()) != 1) return std::nullopt;
  } else {
    std::ranges::copy(mapped_prefix, address.bytes_.begin());
    if (::inet_pton(AF_INET, literal, address.bytes_.data() + mapped_prefix_bytes) != 1) {
      return std::nullopt;
    }
  }
  return address;
}

bool IpAddress::is_v4() const {
  return std::equal(mapped_prefix.begin(), mapped_prefix.end(), bytes_.begin());
}

std::string IpAddress::to_string() const {
  char text[INET6_ADDRSTRLEN];
  if (is_v4()) {
    ::inet_ntop(AF_INET, bytes_.data() + mapped_prefix_bytes, text, sizeof text);
  } else {
    ::inet_ntop(AF_INET6, bytes_.data(), text, sizeof text);
  }
  return text;
}

std::array<std::uint8_t, 16> IpAddress::subscriber_prefix() const {
  auto prefix = bytes_;
  if (!is_v4()) std::fill(prefix.begin() + 8, prefix.end(), std::uint8_t{0});
  return prefix;
}

std::optional<Cidr> Cidr::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto address = IpAddress::parse(text.substr(0, slash));
  if (!address || text.contains('%')) return std::nullopt;
  const bool written_as_v4 = !text.substr(0, slash).contains(':');
  const unsigned max_bits = written_as_v4 ? 32 : 128;
  unsigned bits = max_bits;
  if (slash != std::string_view::npos) {
    const std::string_view length = text.substr(slash + 1);
    const auto [stop, problem] = std::from_chars(length.begin(), length.end(), bits);
    if (problem != std::errc{} || stop != length.end() || bits > max_bits) return std::nullopt;
  }
  Cidr cidr;
  cidr.network_ = *address;
  cidr.prefix_bits_ = bits + (written_as_v4 ? 96 : 0);
  for (unsigned bit = cidr.prefix_bits_; bit < 128; ++bit) {
    if ((address->bytes()[bit / 8] >> (7 - bit % 8) & 1) != 0) return std::nullopt;
  }
  return cidr;
}

bool Cidr::contains(const IpAddress& address) const {
  const std::size_t whole = prefix_bits_ / 8;
  if (!std::equal(network_.bytes().begin(), network_.bytes().begin() + whole,
                  address.bytes().begin())) {
    return false;
  }
  const unsigned rest = prefix_bits_ % 8;
  if (rest == 0) return true;
  const auto shift = 8 - rest;
  return network_.bytes()[whole] >> shift == address.bytes()[whole] >> shift;
}

bool TrustedProxies::contains(const IpAddress& address) const {
  return std::ranges::any_of(networks_,
                             [&](const Cidr& network) { return network.contains(address); });
}

IpAddress TrustedProxies::client_of(const IpAddress& peer,
                                    std::span<const std::string_view> forwarded_for) const {
  IpAddress client = peer;
  std::size_t hops = 0;
  while (!forwarded_for.empty()) {
    std::string_view list = forwarded_for.back();
    forwarded_for = forwarded_for.first(forwarded_for.size() - 1);
    while (!list.empty()) {
      if (++hops > max_hops || !contains(client)) return client;
      const auto named = parse_hop(take_last(list));
      if (!named) return client;
      client = *named;
    }
  }
  return client;
}

}  // namespace frontdesk::http

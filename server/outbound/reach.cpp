#include "outbound/reach.hpp"

#include <algorithm>
#include <array>

namespace frontdesk::outbound {
namespace {

using boost::asio::ip::address;
using boost::asio::ip::address_v4;
using boost::asio::ip::address_v6;
using boost::asio::ip::network_v4;
using boost::asio::ip::network_v6;

bool contains(const network_v4& network, const address_v4& one) {
  return network_v4(one, network.prefix_length()).network() == network.network();
}

bool contains(const network_v6& network, const address_v6& one) {
  return network_v6(one, network.prefix_length()).network() == network.network();
}

// IANA's IPv4 Special-Purpose Address Registry, and what RFC 1112 keeps.
bool is_public(const address_v4& one) {
  static const std::array special{
      boost::asio::ip::make_network_v4("0.0.0.0/8"),
      boost::asio::ip::make_network_v4("10.0.0.0/8"),
      boost::asio::ip::make_network_v4("100.64.0.0/10"),
      boost::asio::ip::make_network_v4("127.0.0.0/8"),
      boost::asio::ip::make_network_v4("169.254.0.0/16"),  // 169.254.169.254: metadata of clouds
      boost::asio::ip::make_network_v4("172.16.0.0/12"),
      boost::asio::ip::make_network_v4("192.0.0.0/24"),
      boost::asio::ip::make_network_v4("192.0.2.0/24"),
      boost::asio::ip::make_network_v4("192.88.99.0/24"),
      boost::asio::ip::make_network_v4("192.168.0.0/16"),
      boost::asio::ip::make_network_v4("198.18.0.0/15"),
      boost::asio::ip::make_network_v4("198.51.100.0/24"),
      boost::asio::ip::make_network_v4("203.0.113.0/24"),
      boost::asio::ip::make_network_v4("224.0.0.0/3"),  // multicast, reserved, broadcast
  };
  return std::ranges::none_of(special,
                              [&](const network_v4& network) { return contains(network, one); });
}

address_v4 last_four_bytes(const address_v6& one) {
  const auto bytes = one.to_bytes();
  return address_v4({bytes[12], bytes[13], bytes[14], bytes[15]});
}

// 2000::/3 is all that IANA has given out; of it, what has a special use.
bool is_public(const address_v6& one) {
  static const auto translated = boost::asio::ip::make_network_v6("64:ff9b::/96");
  static const auto given_out = boost::asio::ip::make_network_v6("2000::/3");
  static const std::array special{
      boost::asio::ip::make_network_v6("2001::/23"),  // Teredo, benchmarks, ORCHID
      boost::asio::ip::make_network_v6("2001:db8::/32"),
      boost::asio::ip::make_network_v6("2002::/16"),  // 6to4 leads to any IPv4 address
      boost::asio::ip::make_network_v6("3fff::/20"),
  };
  if (one.is_v4_mapped() || contains(translated, one)) return is_public(last_four_bytes(one));
  return contains(given_out, one) && std::ranges::none_of(special, [&](const network_v6& network) {
           return contains(network, one);
         });
}

address unmapped(const address& one) {
  if (!one.is_v6() || !one.to_v6().is_v4_mapped()) return one;
  return last_four_bytes(one.to_v6());
}

}  // namespace

bool is_public(const address& one) {
  return one.is_v4() ? is_public(one.to_v4()) : is_public(one.to_v6());
}

std::optional<Reach> Reach::with(const std::vector<std::string>& networks) {
  Reach reach;
  for (const auto& text : networks) {
    boost::system::error_code failure;
    if (text.find(':') == std::string::npos) {
      reach.v4_.push_back(boost::asio::ip::make_network_v4(text, failure));
    } else {
      reach.v6_.push_back(boost::asio::ip::make_network_v6(text, failure));
    }
    if (failure) return std::nullopt;
  }
  return reach;
}

bool Reach::covers(const address& given) const {
  const auto one = unmapped(given);
  if (is_public(one)) return true;
  if (one.is_v4()) {
    return std::ranges::any_of(
        v4_, [&](const network_v4& network) { return contains(network, one.to_v4()); });
  }
  return std::ranges::any_of(
      v6_, [&](const network_v6& network) { return contains(network, one.to_v6()); });
}

}  // namespace frontdesk::outbound

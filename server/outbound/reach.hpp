#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>

namespace frontdesk::outbound {

/// Whether an address belongs to the Internet: none of the ranges that IANA keeps for this machine,
/// its network, documentation, multicast and other special uses (RFC 6890, RFC 4193). An IPv6
/// address that stands for an IPv4 address (RFC 4291 2.5.5.2, RFC 6052) is judged as that one.
bool is_public(const boost::asio::ip::address& address);

/// Where calls may go whose URLs somebody else gave (R34): public addresses, and the networks that
/// the operator has named.
class Reach {
 public:
  Reach() = default;

  /// `networks` in CIDR form, `10.0.0.0/8` or `fd00::/8`; nullopt where one is anything else.
  static std::optional<Reach> with(const std::vector<std::string>& networks);

  [[nodiscard]] bool covers(const boost::asio::ip::address& address) const;

 private:
  std::vector<boost::asio::ip::network_v4> v4_;
  std::vector<boost::asio::ip::network_v6> v6_;
};

}  // namespace frontdesk::outbound

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::http {

/// An IP address; IPv4 is kept in its IPv6-mapped form, so that `::ffff:192.0.2.1` and `192.0.2.1`
/// are one address.
class IpAddress {
 public:
  IpAddress() = default;

  /// Reads an IPv4 or IPv6 literal, also with a zone (`fe80::1%eth0`, dropped); nullopt otherwise.
  static std::optional<IpAddress> parse(std::string_view text);

  [[nodiscard]] bool is_v4() const;
  [[nodiscard]] const std::array<std::uint8_t, 16>& bytes() const { return bytes_; }
  /// Canonical form (RFC 5952); a mapped address as plain IPv4.
  [[nodiscard]] std::string to_string() const;
  /// The network that one customer has: the address itself for IPv4, its /64 for IPv6 (R20).
  [[nodiscard]] std::array<std::uint8_t, 16> subscriber_prefix() const;

  friend bool operator==(const IpAddress&, const IpAddress&) = default;

 private:
  std::array<std::uint8_t, 16> bytes_{};
};

/// A network such as `10.0.0.0/8` or `fd00::/8`.
class Cidr {
 public:
  /// Reads an address with a prefix length, or a sole address; bits behind the prefix must be zero.
  static std::optional<Cidr> parse(std::string_view text);

  [[nodiscard]] bool contains(const IpAddress& address) const;

 private:
  IpAddress network_;
  unsigned prefix_bits_ = 0;  ///< of the mapped form: 96 more than an IPv4 prefix
};

/// The proxies in front of this server, whose word about clients counts (R21).
class TrustedProxies {
 public:
  explicit TrustedProxies(std::vector<Cidr> networks) : networks_(std::move(networks)) {}

  [[nodiscard]] bool contains(const IpAddress& address) const;

  /// Who sent the request: `peer`, or, as long as the address at hand is a trusted proxy, the one
  /// that it names in X-Forwarded-For, read from the right (R21). `forwarded_for` are the values of
  /// that field in order. Stops at a value that is no address and after 32 steps.
  [[nodiscard]] IpAddress client_of(const IpAddress& peer,
                                    std::span<const std::string_view> forwarded_for) const;

 private:
  std::vector<Cidr> networks_;
};

}  // namespace frontdesk::http

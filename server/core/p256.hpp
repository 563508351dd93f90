#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace frontdesk {

/// A point of the curve P-256 (NIST SP 800-186) in its uncompressed form (SEC 1, 2.3.3).
using P256Point = std::array<std::uint8_t, 65>;

/// Whether `bytes` are the uncompressed form of a point that is on the curve, and not the one at
/// infinity.
bool is_p256_point(std::span<const std::uint8_t> bytes);

/// A key pair on P-256. Safe to use from several threads at a time.
class P256Key {
 public:
  static constexpr std::size_t size_bytes = 32;

  /// A new one, from OpenSSL's CSPRNG.
  static P256Key generate();
  /// The pair of a private number, most significant byte first. nullopt unless it has 32 bytes and
  /// lies between 1 and the order of the curve.
  static std::optional<P256Key> from_private(std::span<const std::uint8_t> number);

  [[nodiscard]] const P256Point& point() const { return point_; }

  /// The secret that is shared with the owner of `peer` (ECDH, NIST SP 800-56A 5.7.1.2). nullopt
  /// where `peer` is no point of the curve.
  [[nodiscard]] std::optional<std::array<std::uint8_t, 32>> agree(
      std::span<const std::uint8_t> peer) const;

  /// ECDSA with SHA-256, as JWS writes it: r, then s (RFC 7518 3.4).
  [[nodiscard]] std::array<std::uint8_t, 64> sign(std::string_view text) const;

 private:
  explicit P256Key(std::shared_ptr<evp_pkey_st> key);
  std::shared_ptr<evp_pkey_st> key_;
  P256Point point_;
};

}  // namespace frontdesk

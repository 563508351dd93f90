#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

struct evp_mac_ctx_st;  // OpenSSL's EVP_MAC_CTX

namespace frontdesk {

using Sha256Digest = std::array<std::uint8_t, 32>;
using Sha384Digest = std::array<std::uint8_t, 48>;

/// The bytes of a text, for functions that hash or seal it.
inline std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

/// SHA-256 (FIPS 180-4).
Sha256Digest sha256(std::span<const std::uint8_t> bytes);
inline Sha256Digest sha256(std::string_view text) {
  return sha256(bytes_of(text));
}

/// Whether two byte strings are equal, in a time that depends on their lengths alone.
bool equal_in_constant_time(std::span<const std::uint8_t> a, std::span<const std::uint8_t> b);

/// A key for HMAC (RFC 2104), scheduled once. Safe to use from several threads at a time.
class HmacKey {
 public:
  HmacKey(HmacKey&&) noexcept = default;
  HmacKey& operator=(HmacKey&&) noexcept = default;
  ~HmacKey() = default;

 protected:
  HmacKey(const char* digest_name, std::span<const std::uint8_t> key);
  void compute(std::span<const std::uint8_t> bytes, std::span<std::uint8_t> out) const;

 private:
  struct Free {
    void operator()(evp_mac_ctx_st* context) const noexcept;
  };
  std::unique_ptr<evp_mac_ctx_st, Free> keyed_;
};

/// HMAC-SHA-256.
class HmacSha256Key : public HmacKey {
 public:
  explicit HmacSha256Key(std::span<const std::uint8_t> key) : HmacKey("SHA256", key) {}
  [[nodiscard]] Sha256Digest digest(std::span<const std::uint8_t> bytes) const;
  [[nodiscard]] Sha256Digest digest(std::string_view text) const { return digest(bytes_of(text)); }
};

/// HMAC-SHA-384.
class HmacSha384Key : public HmacKey {
 public:
  explicit HmacSha384Key(std::span<const std::uint8_t> key) : HmacKey("SHA384", key) {}
  [[nodiscard]] Sha384Digest digest(std::span<const std::uint8_t> bytes) const;
  [[nodiscard]] Sha384Digest digest(std::string_view text) const { return digest(bytes_of(text)); }
};

}  // namespace frontdesk

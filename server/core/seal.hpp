#pragma once

#include "core/digest.hpp"
#include "core/uuid.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk {

/// The key under which personal data rests in the database: AES-256-GCM (NIST SP 800-38D).
///
/// Sealed form: one version byte (1), a random nonce of 12 bytes, the ciphertext, a tag of 16
/// bytes. Random nonces hold for 2^32 messages under one key. Safe to use from several threads.
class DataKey {
 public:
  static constexpr std::size_t size_bytes = 32;

  explicit DataKey(std::span<const std::uint8_t, size_bytes> key);
  ~DataKey();
  DataKey(const DataKey&) = delete;
  DataKey& operator=(const DataKey&) = delete;

  /// Encrypts `plain`, bound to the row that will hold it: it opens under no other row's id.
  [[nodiscard]] std::vector<std::uint8_t> seal(std::string_view plain, const Uuid& row) const;

  /// What was sealed for `row`; nullopt when it was changed, cut, sealed for another row or under
  /// another key, or has a version that this program does not know.
  [[nodiscard]] std::optional<std::string> open(std::span<const std::uint8_t> sealed,
                                                const Uuid& row) const;

  /// The same value for the same text, from which nobody without the key learns anything about the
  /// text: to find what belongs together. 128 bits of HMAC-SHA-256 under a key of its own.
  [[nodiscard]] Uuid pseudonym(std::string_view text) const;

 private:
  std::array<std::uint8_t, size_bytes> key_;
  HmacSha256Key pseudonyms_;
};

}  // namespace frontdesk

#pragma once

#include "core/digest.hpp"
#include "core/instant.hpp"
#include "core/uuid.hpp"

#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace frontdesk::media {

/// Links to private images, good for a while without a login, so that an `<img>` can use them: an
/// HMAC over key and end. Ends lie on a grid, so that a link stays the same, and what it leads to
/// in a browser's cache, for hours. Thread-safe.
class Links {
 public:
  /// A link is good for more than this, and less than twice as long.
  static constexpr std::chrono::hours step{6};

  /// `key` serves nothing else.
  explicit Links(std::span<const std::uint8_t> key) : key_(key) {}

  /// `?expires=…&signature=…`
  [[nodiscard]] std::string ticket(const Uuid& image, Instant now) const;

  /// Whether ticket() made the two, and they still hold at `now`. Takes the same time for each
  /// signature.
  [[nodiscard]] bool admits(const Uuid& image, std::int64_t expires, std::string_view signature,
                            Instant now) const;

 private:
  [[nodiscard]] std::string signature(const Uuid& image, std::int64_t expires) const;

  HmacSha256Key key_;
};

}  // namespace frontdesk::media

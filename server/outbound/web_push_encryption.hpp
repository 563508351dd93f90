#pragma once

#include "core/p256.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace frontdesk::outbound {

/// For whose eyes a push is: what a browser gives away with its subscription (RFC 8291 section 3).
struct WebPushReader {
  P256Point p256dh;
  std::array<std::uint8_t, 16> auth;
};

/// What changes with each message.
struct WebPushSecrets {
  P256Key key;  ///< for this message alone
  std::array<std::uint8_t, 16> salt;

  static WebPushSecrets generate();
};

/// The longest text that fits into a body of 4,096 bytes, the least that a push service must take
/// (RFC 8030 7.2).
inline constexpr std::size_t longest_web_push = 3993;

/// `text` as the body of a push, content coding aes128gcm in one record (RFC 8291, RFC 8188).
/// Filled up so that its length says nothing: it has 2,048 bytes where the text fits, otherwise
/// 4,096. (Not always 4,096, as Firefox on Android takes no more than 3,070.) nullopt where the
/// text is longer than longest_web_push, or the reader's key is no point of the curve.
std::optional<std::string> encrypt_web_push(std::string_view text, const WebPushReader& reader,
                                            const WebPushSecrets& secrets);

/// The same with `padding` bytes of zeros behind the text: for known answers.
std::optional<std::string> encrypt_web_push(std::string_view text, const WebPushReader& reader,
                                            const WebPushSecrets& secrets, std::size_t padding);

}  // namespace frontdesk::outbound

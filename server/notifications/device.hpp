#pragma once

#include "core/p256.hpp"
#include "core/uuid.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

/// Phones and browsers that get pushes.
namespace frontdesk::notifications {

/// An installation of an app, as FCM knows it.
struct FcmTarget {
  enum class Kind : std::uint8_t {
    token,        ///< a registration token
    installation  ///< a Firebase installation id, which takes the place of tokens
  };
  Kind kind;
  std::string value;
  friend bool operator==(const FcmTarget&, const FcmTarget&) = default;
};

/// A browser's subscription (Push API): where to send, and for whose eyes (RFC 8291).
struct WebPushTarget {
  std::string endpoint;
  P256Point p256dh;
  std::array<std::uint8_t, 16> auth;
  friend bool operator==(const WebPushTarget&, const WebPushTarget&) = default;
};

using PushTarget = std::variant<FcmTarget, WebPushTarget>;

enum class Platform : std::uint8_t { ios, android, web };
/// `ios`, `android`, `web`
std::string_view slug_of(Platform platform);

/// A device as its owner registers it.
struct Device {
  Uuid id;  ///< made by the client, for as long as the app is installed
  Platform platform;
  PushTarget target;
};

/// At most so many devices a person; one more takes the place of the one that was registered
/// longest ago.
inline constexpr std::int64_t max_devices = 20;

/// What FCM's tokens are made of: 20 to 4,096 letters, digits and `_ - : . %`.
bool is_fcm_token(std::string_view text);
/// A Firebase installation id: 22 characters of base64url.
bool is_fcm_installation(std::string_view text);

/// The outbox's channel that reaches it: `fcm` or `webpush`.
std::string_view channel_of(const PushTarget& target);
/// `fcm_token`, `fcm_fid`, `webpush`
std::string_view kind_of(const PushTarget& target);

/// What makes two targets the same: the token, the installation, the endpoint (whose keys may
/// change).
std::string identity_of(const PushTarget& target);

/// The form that is kept, sealed.
std::string to_json(const PushTarget& target);
/// The reverse; nullopt for anything else.
std::optional<PushTarget> target_from_json(std::string_view text);

}  // namespace frontdesk::notifications

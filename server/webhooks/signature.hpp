#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

/// How receivers know that a call is ours: Standard Webhooks, symmetric signatures
/// (standardwebhooks.com).
namespace frontdesk::webhooks {

inline constexpr std::size_t secret_bytes = 32;

/// A new secret: 32 bytes of the system's CSPRNG.
std::string make_secret();

/// The form in which people copy a secret: `whsec_` and its base64.
std::string shown_secret(std::string_view secret);

/// `v1,` and the base64 of HMAC-SHA-256 over `id.timestamp.body`, the timestamp in whole seconds
/// since 1970.
std::string sign(std::string_view secret, std::string_view id, std::int64_t timestamp,
                 std::string_view body);

}  // namespace frontdesk::webhooks

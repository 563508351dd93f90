#pragma once

#include "accounts/options.hpp"
#include "core/digest.hpp"
#include "core/instant.hpp"
#include "core/uuid.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::accounts {

/// What an access token says (R11). Its times are whole seconds.
struct AccessClaims {
  UserId user;         ///< sub
  SessionId session;   ///< sid
  Uuid token;          ///< jti
  Instant issued_at;   ///< iat, and nbf
  Instant expires_at;  ///< exp: good before it
};

/// Access tokens as JWTs (RFC 7519) of one kind only: HS256 with a key of at least 256 bits, kept
/// to RFC 8725. Safe to use from several threads.
class AccessTokens {
 public:
  static constexpr std::size_t max_bytes = 4096;
  static constexpr std::chrono::seconds leeway{30};  ///< for clocks that disagree; R11 allows 60
  static constexpr std::size_t min_key_bytes = 32;

  /// `origin` is iss and aud. One or two keys with different ids (R14): the first signs, each
  /// verifies. Keys that are too short, and ids that is_key_id refuses, are a bug (ENSURE): the
  /// configuration has refused them.
  AccessTokens(const std::vector<SigningKey>& keys, std::string_view origin);

  [[nodiscard]] std::string sign(const AccessClaims& claims) const;

  /// The claims of a token that this server signed and that is good at `now`; nullopt for
  /// everything else, without saying why: a header that is not, byte for byte, the one that sign()
  /// writes for a live key (so no other alg, kid or typ), a bad signature, another spelling than
  /// base64url without padding, more than 4 KB, a claim that is missing, repeated, mistyped or not
  /// ours, a time out of bounds.
  [[nodiscard]] std::optional<AccessClaims> verify(std::string_view token, Instant now) const;

  /// Whether `now` lies between the times of a token, give or take the leeway.
  static bool is_current(const AccessClaims& claims, Instant now) {
    return claims.issued_at <= now + leeway && claims.expires_at > now - leeway;
  }

  /// 1 to 32 of A-Z a-z 0-9 - _ . : what goes into a header as it stands.
  static bool is_key_id(std::string_view kid);

 private:
  struct Key {
    std::string header;  ///< base64url, and the dot after it
    HmacSha256Key hmac;
  };

  std::vector<Key> keys_;
  std::string origin_;
};

}  // namespace frontdesk::accounts

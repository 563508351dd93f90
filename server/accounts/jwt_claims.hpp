#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace frontdesk::accounts {

/// What a JWT claims set holds, before anything in it is believed.
struct RawClaims {
  std::optional<std::string> iss, aud, sub, sid, jti;
  std::optional<std::int64_t> iat, nbf, exp;  ///< seconds since 1970; whole ones only
};

/// Reads a claims set (RFC 7519 section 4). nullopt for what is not one JSON object, for a name
/// that occurs twice, more than 32 claims, and a known claim of the wrong type. Other claims are
/// ignored, whatever they hold.
std::optional<RawClaims> parse_claims(std::string_view json);

}  // namespace frontdesk::accounts

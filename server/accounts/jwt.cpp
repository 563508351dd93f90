#include "accounts/jwt.hpp"

#include "accounts/jwt_claims.hpp"
#include "core/base64url.hpp"
#include "core/ensure.hpp"
#include "core/json_writer.hpp"

#include <algorithm>

namespace frontdesk::accounts {
namespace {

constexpr std::size_t signature_characters = 43;  // 32 bytes in base64url
// Keeps sums with the leeway, and the conversion to microseconds, far from overflow.
constexpr std::int64_t latest_second = 253'402'300'799;  // 9999-12-31T23:59:59Z

std::int64_t seconds_of(Instant instant) {
  return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

std::optional<Instant> instant_of(std::optional<std::int64_t> seconds) {
  if (!seconds || *seconds < 0 || *seconds > latest_second) return std::nullopt;
  return Instant(std::chrono::seconds(*seconds));
}

std::optional<Uuid> uuid_of(const std::optional<std::string>& text) {
  return text ? Uuid::parse(*text) : std::nullopt;
}

std::string header_for(const std::string& kid) {
  return base64url_encode(R"({"alg":"HS256","typ":"JWT","kid":")" + kid + "\"}") + ".";
}

}  // namespace

bool AccessTokens::is_key_id(std::string_view kid) {
  return !kid.empty() && kid.size() <= 32 && std::ranges::all_of(kid, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}

AccessTokens::AccessTokens(const std::vector<SigningKey>& keys, std::string_view origin)
    : origin_(origin) {
  ENSURE(keys.size() == 1 || (keys.size() == 2 && keys[0].kid != keys[1].kid));
  for (const auto& key : keys) {
    ENSURE(key.bytes.size() >= min_key_bytes && is_key_id(key.kid));
    keys_.push_back({header_for(key.kid), HmacSha256Key(key.bytes)});
  }
}

std::string AccessTokens::sign(const AccessClaims& claims) const {
  std::string payload;
  JsonWriter json(payload);
  json.begin_object();
  json.member("iss", origin_).member("aud", origin_);
  json.member("sub", static_cast<const Uuid&>(claims.user));
  json.member("sid", static_cast<const Uuid&>(claims.session));
  json.member("jti", claims.token);
  json.member("iat", seconds_of(claims.issued_at)).member("nbf", seconds_of(claims.issued_at));
  json.member("exp", seconds_of(claims.expires_at));
  json.end_object();

  std::string token = keys_.front().header + base64url_encode(payload);
  const auto signature = base64url_encode(keys_.front().hmac.digest(token));
  return token + "." + signature;
}

std::optional<AccessClaims> AccessTokens::verify(std::string_view token, Instant now) const {
  if (token.size() > max_bytes) return std::nullopt;
  const auto key = std::ranges::find_if(
      keys_, [&](const Key& candidate) { return token.starts_with(candidate.header); });
  if (key == keys_.end()) return std::nullopt;

  // Nothing of the payload is looked at before its signature holds.
  const auto dot = token.rfind('.');
  if (dot < key->header.size() || token.size() - dot - 1 != signature_characters)
    return std::nullopt;
  const auto signature = base64url_decode(token.substr(dot + 1));
  if (!signature || !equal_in_constant_time(*signature, key->hmac.digest(token.substr(0, dot)))) {
    return std::nullopt;
  }
  const auto payload = base64url_decode(token.substr(key->header.size(), dot - key->header.size()));
  if (!payload) return std::nullopt;
  const auto raw = parse_claims({reinterpret_cast<const char*>(payload->data()), payload->size()});
  if (!raw || raw->iss != origin_ || raw->aud != origin_) return std::nullopt;

  const auto user = uuid_of(raw->sub);
  const auto session = uuid_of(raw->sid);
  const auto id = uuid_of(raw->jti);
  const auto issued_at = instant_of(raw->iat);
  const auto not_before = instant_of(raw->nbf);
  const auto expires_at = instant_of(raw->exp);
  if (!user || !session || !id || !issued_at || !not_before || !expires_at) return std::nullopt;
  const AccessClaims claims{UserId(*user), SessionId(*session), *id, *issued_at, *expires_at};
  if (*not_before > now + leeway || !is_current(claims, now)) return std::nullopt;
  return claims;
}

}  // namespace frontdesk::accounts

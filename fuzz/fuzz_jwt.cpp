// No text is an access token but one that carries the header and signature of a live key and a
// claims set that is good now; what is accepted means the same when it is signed anew (R11).
#include "accounts/jwt.hpp"
#include "accounts/jwt_claims.hpp"
#include "core/base64url.hpp"
#include "core/ensure.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

using namespace frontdesk;
using accounts::AccessTokens;

const std::vector<std::uint8_t> key_bytes(32, 1);
constexpr std::string_view good_header = R"({"alg":"HS256","typ":"JWT","kid":"k1"})";
const Instant now{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}};

std::string forged(std::string_view header, std::string_view payload) {
  const auto text = base64url_encode(header) + "." + base64url_encode(payload);
  return text + "." + base64url_encode(HmacSha256Key(key_bytes).digest(text));
}

void check_payload(const AccessTokens& tokens, std::string_view payload) {
  const auto claims = tokens.verify(forged(good_header, payload), now);
  if (!claims) return;
  const auto raw = accounts::parse_claims(payload);
  ENSURE(raw && raw->iss == "https://a.test" && raw->aud == "https://a.test");
  ENSURE(claims->expires_at > now - AccessTokens::leeway);
  ENSURE(claims->issued_at <= now + AccessTokens::leeway);
  const auto again = tokens.verify(tokens.sign(*claims), now);
  ENSURE(again && again->user == claims->user && again->session == claims->session &&
         again->token == claims->token && again->expires_at == claims->expires_at);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const AccessTokens tokens({{"k1", key_bytes}}, "https://a.test");
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  // A key that the fuzzer does not have: whatever it writes is refused.
  static const AccessTokens others({{"k1", std::vector<std::uint8_t>(32, 9)}}, "https://a.test");
  ENSURE(!others.verify(input, now));
  check_payload(tokens, input);
  const auto line = input.find('\n');
  if (line != std::string_view::npos && input.substr(0, line) != good_header) {
    ENSURE(!tokens.verify(forged(input.substr(0, line), input.substr(line + 1)), now));
  }
  return 0;
}

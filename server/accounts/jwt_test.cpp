#include "accounts/jwt.hpp"

#include "accounts/jwt_claims.hpp"
#include "core/base64url.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace frontdesk::accounts {
namespace {

using namespace std::chrono_literals;

const std::string origin = "https://book.example.test";
const SigningKey old_key{"k1", std::vector<std::uint8_t>(32, 1)};
const SigningKey new_key{"k2", std::vector<std::uint8_t>(64, 2)};
const Instant now{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}};
const std::string good_header = R"({"alg":"HS256","typ":"JWT","kid":"k1"})";

AccessClaims claims() {
  return {UserId::generate(), SessionId::generate(), Uuid::generate(), now, now + 24h * 7};
}

AccessTokens tokens() {
  return {{old_key}, origin};
}

// A token with any header and payload, signed as it should be with k1.
std::string forged(std::string_view header, std::string_view payload) {
  const auto text = base64url_encode(header) + "." + base64url_encode(payload);
  return text + "." + base64url_encode(HmacSha256Key(old_key.bytes).digest(text));
}

std::string payload(std::string_view changed = "", std::string_view value = "") {
  const std::string uuid = R"("0192f0c5-1b52-7d7e-8a4b-0f8a5f1c2e3d")";
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  std::string json = "{";
  for (const auto& [name, right] :
       std::vector<std::pair<std::string, std::string>>{{"iss", "\"" + origin + "\""},
                                                        {"aud", "\"" + origin + "\""},
                                                        {"sub", uuid},
                                                        {"sid", uuid},
                                                        {"jti", uuid},
                                                        {"iat", fmt::to_string(seconds)},
                                                        {"nbf", fmt::to_string(seconds)},
                                                        {"exp", fmt::to_string(seconds + 3600)}}) {
    if (name == changed && value.empty()) continue;
    if (json.size() > 1) json += ",";
    json += "\"" + name + "\":" + (name == changed ? std::string(value) : right);
  }
  return json + "}";
}

bool accepts(const std::string& token) {
  return tokens().verify(token, now).has_value();
}

TEST(Jwt, R11_reads_back_what_it_signed) {
  const auto signed_claims = claims();
  const auto read = tokens().verify(tokens().sign(signed_claims), now);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->user, signed_claims.user);
  EXPECT_EQ(read->session, signed_claims.session);
  EXPECT_EQ(read->token, signed_claims.token);
  EXPECT_EQ(read->issued_at, signed_claims.issued_at);
  EXPECT_EQ(read->expires_at, signed_claims.expires_at);
}

TEST(Jwt, R11_the_forger_of_these_tests_makes_good_tokens) {
  EXPECT_TRUE(accepts(forged(good_header, payload())));
}

TEST(Jwt, R11_is_good_from_issue_to_expiry_with_a_leeway) {
  const auto token = tokens().sign(claims());
  EXPECT_TRUE(tokens().verify(token, now - 30s));
  EXPECT_FALSE(tokens().verify(token, now - 31s));
  EXPECT_TRUE(tokens().verify(token, now + 24h * 7 + 29s));
  EXPECT_FALSE(tokens().verify(token, now + 24h * 7 + 30s));
  static_assert(AccessTokens::leeway <= 60s);
}

TEST(Jwt, RFC8725_2_1_another_algorithm_is_refused) {
  const auto body = base64url_encode(payload());
  for (const char* header :
       {R"({"alg":"none","typ":"JWT","kid":"k1"})", R"({"alg":"none"})",
        R"({"alg":"None","kid":"k1"})", R"({"alg":"HS384","typ":"JWT","kid":"k1"})",
        R"({"alg":"RS256","typ":"JWT","kid":"k1"})", R"({"alg":"hs256","typ":"JWT","kid":"k1"})",
        R"({"alg":["HS256"],"typ":"JWT","kid":"k1"})"}) {
    EXPECT_FALSE(accepts(forged(header, payload()))) << header;
    EXPECT_FALSE(accepts(base64url_encode(header) + "." + body + ".")) << header;
    EXPECT_FALSE(accepts(base64url_encode(header) + "." + body)) << header;
  }
}

TEST(Jwt, R11_another_header_is_refused) {
  for (const char* header :
       {R"({"alg":"HS256","typ":"JWT","kid":"k2"})", R"({"alg":"HS256","typ":"JWT"})",
        R"({"alg":"HS256","typ":"JWT","kid":"K1"})", R"({"alg":"HS256","typ":"JWT","kid":""})",
        R"({"alg":"HS256","typ":"JWT","kid":"../../dev/null"})",
        R"({"alg":"HS256","typ":"JWT","kid":"k1' OR '1'='1"})",
        R"({"alg":"HS256","typ":"at+jwt","kid":"k1"})", R"({"kid":"k1","typ":"JWT","alg":"HS256"})",
        R"({"alg":"HS256","typ":"JWT","kid":"k1","crit":["exp"]})",
        R"({"alg":"HS256","typ":"JWT","kid":"k1","jwk":{"kty":"oct","k":"AA"}})",
        R"({"alg":"HS256","typ":"JWT","kid":"k1","zip":"DEF"})",
        R"({"alg":"none","alg":"HS256","typ":"JWT","kid":"k1"})",
        R"( {"alg":"HS256","typ":"JWT","kid":"k1"})", "", "{}", "null"}) {
    EXPECT_FALSE(accepts(forged(header, payload()))) << header;
  }
}

TEST(Jwt, R14_two_keys_are_live_and_the_first_signs) {
  const AccessTokens before({old_key}, origin);
  const AccessTokens during({new_key, old_key}, origin);
  const AccessTokens after({new_key}, origin);
  const auto old_token = before.sign(claims());
  const auto new_token = during.sign(claims());
  EXPECT_TRUE(during.verify(old_token, now));
  EXPECT_TRUE(during.verify(new_token, now));
  EXPECT_TRUE(after.verify(new_token, now));
  EXPECT_FALSE(after.verify(old_token, now));
  EXPECT_FALSE(before.verify(new_token, now));
}

TEST(Jwt, R11_a_key_of_another_name_does_not_verify) {
  const AccessTokens renamed({SigningKey{"k9", old_key.bytes}}, origin);
  EXPECT_FALSE(renamed.verify(tokens().sign(claims()), now));
  const AccessTokens rekeyed({SigningKey{"k1", new_key.bytes}}, origin);
  EXPECT_FALSE(rekeyed.verify(tokens().sign(claims()), now));
}

TEST(Jwt, R11_every_changed_character_is_refused) {
  const auto token = tokens().sign(claims());
  for (std::size_t i = 0; i < token.size(); ++i) {
    for (const char c : {'A', 'B', '-', '.', '=', ' ', '\n', '+', '\0'}) {
      auto changed = token;
      changed[i] = c;
      if (changed != token) EXPECT_FALSE(accepts(changed)) << i << " " << c;
    }
    EXPECT_FALSE(accepts(token.substr(0, i)));
  }
}

TEST(Jwt, R11_other_spellings_are_refused) {
  const auto token = tokens().sign(claims());
  for (const auto& text :
       {token + "=", token + "==", token + ".", "." + token, token + " ", " " + token, token + "\n",
        "Bearer " + token, token + "A", token + "." + token, std::string(), std::string("."),
        std::string("..")}) {
    EXPECT_FALSE(accepts(text)) << text;
  }
  // The last character of 43 carries two bits that must be zero.
  auto trailing = token;
  const std::string digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  trailing.back() = digits[digits.find(trailing.back()) + 1];
  EXPECT_FALSE(accepts(trailing));
}

TEST(Jwt, R11_more_than_4_KB_is_refused) {
  const auto wide = [](std::size_t bytes) {
    return forged(good_header, payload().insert(1, "\"x\":\"" + std::string(bytes, 'x') + "\","));
  };
  EXPECT_TRUE(accepts(wide(2000)));
  const auto large = wide(4000);
  EXPECT_GT(large.size(), 4096U);
  EXPECT_FALSE(accepts(large));
}

TEST(Jwt, R11_each_claim_must_be_there_and_right) {
  for (const char* name : {"iss", "aud", "sub", "sid", "jti", "iat", "nbf", "exp"}) {
    EXPECT_FALSE(accepts(forged(good_header, payload(name)))) << name;
    for (const char* wrong :
         {"null", "true", "{}", "[]", "\"\"", "\"x\"", "1.5", "-1", "1e3", "9223372036854775807",
          "-9223372036854775808", "18446744073709551615", "99999999999999999999",
          "[\"https://book.example.test\"]", "\"1772409600\"", "\"https://evil.example.test\""}) {
      EXPECT_FALSE(accepts(forged(good_header, payload(name, wrong)))) << name << " " << wrong;
    }
  }
  EXPECT_FALSE(
      accepts(forged(good_header, payload("sub", R"("0192F0C5-1B52-7D7E-8A4B-0F8A5F1C2E3")"))));
  EXPECT_FALSE(accepts(forged(good_header, payload("iss", R"("https://book.example.test/")"))));
}

TEST(Jwt, RFC7519_4_a_claim_that_occurs_twice_is_refused) {
  for (const char* extra :
       {R"("exp":9999999999,)", R"("sub":"0192f0c5-1b52-7d7e-8a4b-0f8a5f1c2e3e",)",
        R"("\u0065xp":9999999999,)", R"("x":1,"x":2,)"}) {
    EXPECT_FALSE(accepts(forged(good_header, payload().insert(1, extra)))) << extra;
  }
}

TEST(Jwt, claims_of_others_are_ignored) {
  for (const char* extra : {R"("scope":"x",)", R"("x":{"exp":1,"sub":"y"},)",
                            R"("x":[1,{"a":null}],)", R"("x":-1.5,)"}) {
    EXPECT_TRUE(accepts(forged(good_header, payload().insert(1, extra)))) << extra;
  }
}

TEST(Jwt, what_is_no_claims_set_is_refused) {
  const auto good = payload();
  for (const std::string& text :
       {std::string(), std::string("null"), std::string("[]"), "[" + good + "]", good + good,
        good + ",", good + "x", good.substr(0, good.size() - 1), std::string("\"") + "x\"",
        std::string("1"), good.substr(1), "\xef\xbb\xbf" + good,
        std::string("{\"a\":") + std::string(5000, '[')}) {
    EXPECT_FALSE(accepts(forged(good_header, text))) << text;
  }
  EXPECT_FALSE(parse_claims("{\"x\":[[[[[[1]]]]]]}"));
}

TEST(Jwt, R14_key_ids_are_plain) {
  EXPECT_TRUE(AccessTokens::is_key_id("2026-03_a.b"));
  for (const char* kid :
       {"", "a b", "a\"b", "a\\b", "\u00e9", "a:b", "012345678901234567890123456789012"}) {
    EXPECT_FALSE(AccessTokens::is_key_id(kid)) << kid;
  }
}

RC_GTEST_PROP(Jwt, R11_no_text_is_a_token_by_chance, (const std::string& text)) {
  RC_ASSERT(!tokens().verify(text, now));
  RC_ASSERT(!tokens().verify(base64url_encode(good_header) + "." + text, now));
}

}  // namespace
}  // namespace frontdesk::accounts

#include "outbound/vapid.hpp"

#include "core/base64url.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace frontdesk::outbound {
namespace {

using namespace std::chrono_literals;

const Vapid::Time now{std::chrono::seconds{1'772'445'600}};

boost::json::object claims_of(const std::string& header) {
  const auto first = header.find('.');
  const auto bytes =
      base64url_decode(header.substr(first + 1, header.find('.', first + 1) - first - 1)).value();
  return boost::json::parse(std::string(bytes.begin(), bytes.end())).as_object();
}

class VapidTest : public ::testing::Test {
 protected:
  P256Key key = P256Key::generate();
  Vapid vapid{key, "mailto:desk@example.test"};
};

TEST_F(VapidTest, RFC8292_says_for_whom_till_when_and_who) {
  const auto header = vapid.authorization("https://push.example.test:8443", now);
  EXPECT_TRUE(header.starts_with("vapid t=eyJ"));
  EXPECT_TRUE(header.ends_with(", k=" + base64url_encode(key.point())));
  const auto claims = claims_of(header);
  EXPECT_EQ(claims.at("aud").as_string(), "https://push.example.test:8443");
  EXPECT_EQ(claims.at("sub").as_string(), "mailto:desk@example.test");
  EXPECT_EQ(claims.at("exp"), 1'772'445'600 + 12 * 3600);
}

TEST_F(VapidTest, a_token_is_used_again_while_it_has_an_hour_left) {
  const auto first = vapid.authorization("https://a.test", now);
  EXPECT_EQ(vapid.authorization("https://a.test", now + 11h), first);
  EXPECT_NE(vapid.authorization("https://a.test", now + 11h + 1s), first);
  EXPECT_NE(vapid.authorization("https://b.test", now), first);
}

TEST_F(VapidTest, it_keeps_a_limited_number_of_tokens) {
  for (int i = 0; i < 1000; ++i) {
    const auto origin = "https://" + std::to_string(i) + ".test";
    EXPECT_EQ(claims_of(vapid.authorization(origin, now)).at("aud").as_string(), origin);
  }
}

}  // namespace
}  // namespace frontdesk::outbound

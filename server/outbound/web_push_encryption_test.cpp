#include "outbound/web_push_encryption.hpp"

#include "core/base64url.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace frontdesk::outbound {
namespace {

template <std::size_t N>
std::array<std::uint8_t, N> decoded(std::string_view text) {
  const auto bytes = base64url_decode(text).value();
  EXPECT_EQ(bytes.size(), N);
  std::array<std::uint8_t, N> result{};
  std::ranges::copy(bytes, result.begin());
  return result;
}

// RFC 8291 appendix A.
const WebPushReader reader{
    decoded<65>(
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"),
    decoded<16>("BTBZMqHH6r4Tts7J_aSIgg")};
const WebPushSecrets secrets{
    *P256Key::from_private(decoded<32>("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")),
    decoded<16>("DGv6ra1nlYgDCS1FRnbzlw")};

TEST(WebPushEncryption, RFC8291_appendix_A) {
  const auto body =
      encrypt_web_push("When I grow up, I want to be a watermelon", reader, secrets, 0);
  ASSERT_TRUE(body);
  EXPECT_EQ(base64url_encode(*body),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
            "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
            "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
}

TEST(WebPushEncryption, lengths_say_nothing) {
  std::set<std::size_t> sizes;
  for (std::size_t size = 0; size <= 1945; ++size) {
    sizes.insert(encrypt_web_push(std::string(size, 'x'), reader, secrets)->size());
  }
  EXPECT_EQ(sizes, std::set<std::size_t>{2048});
  EXPECT_EQ(encrypt_web_push(std::string(1946, 'x'), reader, secrets)->size(), 4096U);
  EXPECT_EQ(encrypt_web_push(std::string(3993, 'x'), reader, secrets)->size(), 4096U);
  EXPECT_FALSE(encrypt_web_push(std::string(3994, 'x'), reader, secrets));
}

TEST(WebPushEncryption, each_message_has_secrets_of_its_own) {
  const auto one = WebPushSecrets::generate();
  const auto other = WebPushSecrets::generate();
  EXPECT_NE(one.salt, other.salt);
  EXPECT_NE(one.key.point(), other.key.point());
  EXPECT_NE(encrypt_web_push("x", reader, one), encrypt_web_push("x", reader, other));
}

TEST(WebPushEncryption, a_key_that_is_no_point_is_refused) {
  auto broken = reader;
  broken.p256dh.back() ^= 1;
  EXPECT_FALSE(encrypt_web_push("x", broken, secrets));
}

}  // namespace
}  // namespace frontdesk::outbound

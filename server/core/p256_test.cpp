#define OPENSSL_SUPPRESS_DEPRECATED  // the check by another road than the one that is tested
#include "core/p256.hpp"

#include "core/base64url.hpp"
#include "core/digest.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/obj_mac.h>

namespace frontdesk {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes decoded(std::string_view text) {
  return base64url_decode(text).value();
}

// RFC 8291 appendix A.
const Bytes sender_private = decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
const Bytes sender_public = decoded(
    "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
const Bytes receiver_private = decoded("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94");
const Bytes receiver_public = decoded(
    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
constexpr const char* shared_secret = "kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs";

TEST(P256, RFC8291_a_private_number_has_its_point) {
  const auto key = P256Key::from_private(sender_private);
  ASSERT_TRUE(key);
  EXPECT_TRUE(std::ranges::equal(key->point(), sender_public));
}

TEST(P256, RFC8291_both_sides_agree_on_the_secret) {
  const auto ours = P256Key::from_private(sender_private)->agree(receiver_public);
  const auto theirs = P256Key::from_private(receiver_private)->agree(sender_public);
  ASSERT_TRUE(ours && theirs);
  EXPECT_EQ(base64url_encode(*ours), shared_secret);
  EXPECT_EQ(*ours, *theirs);
}

TEST(P256, new_pairs_differ_and_agree) {
  const auto one = P256Key::generate();
  const auto other = P256Key::generate();
  EXPECT_NE(one.point(), other.point());
  EXPECT_EQ(one.agree(other.point()), other.agree(one.point()));
}

TEST(P256, only_points_of_the_curve_are_points) {
  EXPECT_TRUE(is_p256_point(receiver_public));
  Bytes off = receiver_public;
  off.back() ^= 1;
  EXPECT_FALSE(is_p256_point(off)) << "beside the curve";
  EXPECT_FALSE(P256Key::generate().agree(off));
  Bytes hybrid = receiver_public;
  hybrid[0] = 6;
  EXPECT_FALSE(is_p256_point(hybrid));
  EXPECT_FALSE(is_p256_point(std::span(receiver_public).first(64)));
  Bytes compressed(receiver_public.begin(), receiver_public.begin() + 33);
  compressed[0] = 2;
  EXPECT_FALSE(is_p256_point(compressed));
  EXPECT_FALSE(is_p256_point(Bytes(65, 0))) << "infinity and more";
  EXPECT_FALSE(is_p256_point(Bytes{0})) << "infinity";
  Bytes too_large(65, 0xff);
  too_large[0] = 4;
  EXPECT_FALSE(is_p256_point(too_large));
  EXPECT_FALSE(is_p256_point({}));
}

TEST(P256, private_numbers_lie_below_the_order) {
  Bytes order = decoded("_____wAAAAD__________7zm-q2nF56E87nKwvxjJVE");  // FIPS 186: n of P-256
  EXPECT_FALSE(P256Key::from_private(order));
  order.back() -= 1;
  EXPECT_TRUE(P256Key::from_private(order));
  EXPECT_FALSE(P256Key::from_private(Bytes(32, 0)));
  EXPECT_FALSE(P256Key::from_private(Bytes(31, 1)));
  EXPECT_FALSE(P256Key::from_private(Bytes(33, 1)));
}

bool verifies(const P256Point& point, std::string_view text,
              const std::array<std::uint8_t, 64>& signature) {
  EC_KEY* const key = EC_KEY_new_by_curve_name(NID_X9_62_prime256v1);
  const bool read = EC_KEY_oct2key(key, point.data(), point.size(), nullptr) == 1;
  ECDSA_SIG* const both = ECDSA_SIG_new();
  ECDSA_SIG_set0(both, BN_bin2bn(signature.data(), 32, nullptr),
                 BN_bin2bn(signature.data() + 32, 32, nullptr));
  const auto digest = sha256(text);
  const bool good =
      read && ECDSA_do_verify(digest.data(), static_cast<int>(digest.size()), both, key) == 1;
  ECDSA_SIG_free(both);
  EC_KEY_free(key);
  return good;
}

TEST(P256, RFC7518_signatures_are_r_and_s_in_64_bytes) {
  const auto key = P256Key::generate();
  for (int i = 0; i < 300; ++i) {  // some have an r or an s that begins with 0
    const auto text = "text" + std::to_string(i);
    const auto signature = key.sign(text);
    EXPECT_TRUE(verifies(key.point(), text, signature));
    EXPECT_FALSE(verifies(key.point(), text + "!", signature));
    EXPECT_NE(signature, key.sign(text)) << "each has a number of its own";
  }
}

}  // namespace
}  // namespace frontdesk

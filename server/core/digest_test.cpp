#include "core/digest.hpp"

#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace frontdesk {
namespace {

std::string hex(std::span<const std::uint8_t> bytes) {
  std::string text;
  for (const auto byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

TEST(Sha256, gives_the_digests_of_FIPS_180) {
  EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

// RFC 4231, test cases 1 and 2, and 6 with a key longer than a block.
TEST(Hmac, gives_the_digests_of_RFC_4231) {
  const std::vector<std::uint8_t> key(20, 0x0b);
  EXPECT_EQ(hex(HmacSha256Key(key).digest("Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hex(HmacSha384Key(key).digest("Hi There")),
            "afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59c"
            "faea9ea9076ede7f4af152e8b2fa9cb6");
  EXPECT_EQ(hex(HmacSha256Key(bytes_of("Jefe")).digest("what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(hex(HmacSha256Key(std::vector<std::uint8_t>(131, 0xaa))
                    .digest("Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Hmac, an_empty_key_is_a_key) {
  EXPECT_EQ(hex(HmacSha256Key(std::span<const std::uint8_t>()).digest("")),
            "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

TEST(Hmac, one_key_serves_several_threads) {
  const HmacSha256Key key(bytes_of("Jefe"));
  const auto expected = key.digest("what do ya want for nothing?");
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 500; ++round) {
        EXPECT_EQ(key.digest("what do ya want for nothing?"), expected);
      }
    });
  }
  for (auto& thread : threads) thread.join();
}

TEST(ConstantTime, tells_equal_from_unequal_and_short_from_long) {
  EXPECT_TRUE(equal_in_constant_time(bytes_of("abc"), bytes_of("abc")));
  EXPECT_TRUE(equal_in_constant_time({}, {}));
  EXPECT_FALSE(equal_in_constant_time(bytes_of("abc"), bytes_of("abd")));
  EXPECT_FALSE(equal_in_constant_time(bytes_of("abc"), bytes_of("ab")));
}

}  // namespace
}  // namespace frontdesk

#include "accounts/one_time_code.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include <gtest/gtest.h>

namespace frontdesk::accounts {
namespace {

TEST(OneTimeCode, R01_has_six_digits_and_keeps_leading_zeros) {
  bool leading_zero = false;
  std::set<std::string> codes;
  for (int i = 0; i < 2000; ++i) {
    const auto code = generate_code();
    ASSERT_EQ(code.size(), 6U);
    ASSERT_TRUE(std::ranges::all_of(code, [](char c) { return c >= '0' && c <= '9'; }));
    leading_zero = leading_zero || code.front() == '0';
    codes.insert(code);
  }
  EXPECT_TRUE(leading_zero);
  EXPECT_GT(codes.size(), 1900U);
}

TEST(OneTimeCode, R01_the_seal_is_bound_to_key_flow_address_and_code) {
  const std::vector<std::uint8_t> key(32, 1);
  const CodeSealer sealer(key);
  const auto ada = *EmailAddress::parse("ada@example.test");
  const auto bob = *EmailAddress::parse("bob@example.test");
  const Uuid flow = Uuid::generate();
  constexpr auto purpose = CodePurpose::email_verification;

  const auto sealed = sealer.seal(purpose, flow, ada, "012345");
  EXPECT_EQ(sealed, sealer.seal(purpose, flow, ada, "012345"));
  EXPECT_NE(sealed, sealer.seal(purpose, flow, ada, "012346"));
  EXPECT_NE(sealed, sealer.seal(purpose, flow, bob, "012345"));
  EXPECT_NE(sealed, sealer.seal(purpose, Uuid::generate(), ada, "012345"));
  EXPECT_NE(sealed,
            CodeSealer(std::vector<std::uint8_t>(32, 2)).seal(purpose, flow, ada, "012345"));
}

}  // namespace
}  // namespace frontdesk::accounts

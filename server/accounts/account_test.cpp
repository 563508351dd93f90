#include "accounts/account.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::accounts {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Account ada() {
  Account account{};
  account.name = "Ada Example";
  account.phone = "+493012345678";
  account.phone_verified = true;
  account.locale = "en";
  return account;
}

TEST(ApplyChange, says_which_fields_differ) {
  auto account = ada();
  EXPECT_THAT(apply({.name = "Ada B. Example", .timezone = "Europe/Berlin"}, account),
              ElementsAre("name", "timezone"));
  EXPECT_EQ(account.name, "Ada B. Example");
  EXPECT_EQ(account.timezone, "Europe/Berlin");
  EXPECT_EQ(account.locale, "en");
  EXPECT_EQ(account.phone, "+493012345678");
}

TEST(ApplyChange, what_is_the_same_is_no_change) {
  auto account = ada();
  EXPECT_THAT(apply({}, account), IsEmpty());
  EXPECT_THAT(apply({.name = "Ada Example",
                     .phone = "+493012345678",
                     .locale = "en",
                     .timezone = std::optional<std::string>()},
                    account),
              IsEmpty());
  EXPECT_TRUE(account.phone_verified);
}

TEST(ApplyChange, another_phone_number_is_unverified_and_none_is_too) {
  for (const auto& phone :
       {std::optional<std::string>("+493099999999"), std::optional<std::string>()}) {
    auto account = ada();
    EXPECT_THAT(apply({.phone = phone}, account), ElementsAre("phone"));
    EXPECT_EQ(account.phone, phone);
    EXPECT_FALSE(account.phone_verified);
  }
}

}  // namespace
}  // namespace frontdesk::accounts

#include "accounts/password_policy.hpp"

#include "accounts/common_passwords.hpp"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

namespace frontdesk::accounts {
namespace {

std::string problem(std::string_view password) {
  const auto owner = EmailAddress::parse("Ada.Lovelace@Example.test");
  const auto error = check_password("password", password, owner);
  return error ? error->code : "";
}

TEST(PasswordPolicy, R06_the_length_is_8_to_128_characters_of_any_kind) {
  EXPECT_EQ(problem("kXr7 pq"), "too_short");
  EXPECT_EQ(problem("kXr7 pqw"), "");
  EXPECT_EQ(problem("\u6c34\u66dc\u65e5\u306e\u5915\u65b9\u306b\u4f1a"), "");  // 8 characters
  EXPECT_EQ(problem("\u6c34\u66dc\u65e5\u306e\u5915\u65b9\u306b"), "too_short");
  std::string longest;
  for (int i = 0; i < 128; ++i) longest += "\U0001f511";
  EXPECT_EQ(problem(longest), "");
  EXPECT_EQ(problem(longest + "x"), "too_long");
  EXPECT_EQ(problem("\xff\xfe\xfd\xfc\xfb\xfa\xf9\xf8"), "invalid");
}

TEST(PasswordPolicy, R06_the_list_holds_3000_common_passwords_that_are_long_enough) {
  EXPECT_GE(common_password_count, 3000U);
  EXPECT_EQ(std::ranges::count(common_passwords, '\n'), common_password_count);
}

TEST(PasswordPolicy, R06_every_password_of_the_list_is_found_and_refused) {
  std::size_t found = 0;
  for (std::size_t at = 0; at < common_passwords.size();) {
    const auto end = common_passwords.find('\n', at);
    found += is_common_password(common_passwords.substr(at, end - at)) ? 1 : 0;
    at = end + 1;
  }
  EXPECT_EQ(found, common_password_count);
  for (const char* password : {"password", "12345678", "qwertyuiop", "iloveyou", "password123"}) {
    EXPECT_EQ(problem(password), "too_common") << password;
  }
}

TEST(PasswordPolicy, R06_spelling_does_not_hide_a_common_password) {
  EXPECT_EQ(problem("PassWord"), "too_common");
  EXPECT_EQ(problem("\uff50\uff41\uff53\uff53\uff57\uff4f\uff52\uff44"),
            "too_common");  // full width
}

TEST(PasswordPolicy, R06_what_is_not_on_the_list_is_not_found) {
  for (const char* text :
       {"", "\n", "passwor", "passwordd\n", "password\n", "zzzzzzzzzzzz~", "!", "\x7f"}) {
    EXPECT_FALSE(is_common_password(text)) << text;
  }
}

TEST(PasswordPolicy, R06_the_product_and_the_owner_are_no_passwords) {
  EXPECT_EQ(problem("FrontDesk"), "too_common");
  EXPECT_EQ(problem("ada.lovelace@example.TEST"), "same_as_email");
  EXPECT_EQ(problem("Ada.Lovelace"), "same_as_email");
  EXPECT_EQ(problem("Ada.Lovelace's engine"), "");
}

}  // namespace
}  // namespace frontdesk::accounts

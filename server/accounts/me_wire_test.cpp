#include "accounts/me_wire.hpp"

#include <set>
#include <string>

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace frontdesk::accounts {
namespace {

namespace json = boost::json;

// The fields that a body is refused for, each with its code.
std::set<std::string> problems(const char* body) {
  const auto read = wire::read_account_change(json::parse(body));
  std::set<std::string> found;
  if (read) return found;
  EXPECT_EQ(read.error().kind, ErrorKind::invalid);
  for (const auto& field : read.error().fields) found.insert(field.field + ": " + field.code);
  return found;
}

using Problems = std::set<std::string>;

TEST(ReadAccountChange, tells_what_is_absent_from_what_is_taken_away) {
  const auto nothing = wire::read_account_change(json::parse("{}"));
  ASSERT_TRUE(nothing);
  EXPECT_FALSE(nothing->name || nothing->phone || nothing->locale || nothing->timezone);

  const auto emptied = wire::read_account_change(json::parse(R"({"phone":null,"timezone":null})"));
  ASSERT_TRUE(emptied);
  ASSERT_TRUE(emptied->phone && emptied->timezone);
  EXPECT_FALSE(*emptied->phone || *emptied->timezone);
}

TEST(ReadAccountChange, reads_every_field) {
  const auto read = wire::read_account_change(json::parse(
      R"({"name":"Ada","phone":"+493012345678","locale":"zh-Hant-TW","timezone":"Asia/Calcutta"})"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->name, "Ada");
  EXPECT_EQ(*read->phone, "+493012345678");
  EXPECT_EQ(read->locale, "zh-Hant-TW");
  EXPECT_EQ(*read->timezone, "Asia/Calcutta");
}

TEST(ReadAccountChange, names_every_bad_field_at_once) {
  EXPECT_EQ(problems(R"({"name":null,"locale":null})"),
            (Problems{"name: required", "locale: required"}));
  EXPECT_EQ(problems(R"({"name":" ","phone":"030","locale":"de_DE","timezone":"europe/berlin"})"),
            (Problems{"name: invalid", "phone: invalid", "locale: invalid", "timezone: invalid"}));
  EXPECT_EQ(problems(R"({"name":1,"phone":[],"locale":{},"timezone":true})"),
            (Problems{"name: invalid", "phone: invalid", "locale: invalid", "timezone: invalid"}));
}

TEST(ReadAccountChange, R17_takes_nothing_that_is_not_a_persons_to_change) {
  EXPECT_EQ(
      problems(R"({"email":"a@b.test","role_id":1,"email_verified":true,"phone_verified":true})"),
      (Problems{"email: unknown_field", "role_id: unknown_field", "email_verified: unknown_field",
                "phone_verified: unknown_field"}));
  EXPECT_FALSE(wire::read_account_change(json::parse("[]")));
}

TEST(ReadPasswordChange, judges_the_new_one_only) {
  const auto read = wire::read_password_change(
      json::parse(R"({"current_password":"x","new_password":"a better passphrase"})"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->current.reveal(), "x");
  EXPECT_EQ(read->wanted.reveal(), "a better passphrase");
  const auto refused =
      wire::read_password_change(json::parse(R"({"current_password":"","new_password":"x"})"));
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().fields.size(), 2U);
  EXPECT_EQ(refused.error().fields[0].field, "current_password");
  EXPECT_EQ(refused.error().fields[1].code, "too_short");
}

}  // namespace
}  // namespace frontdesk::accounts

#include "accounts/testing.hpp"

namespace frontdesk::accounts {
namespace {

using frontdesk::testing::sql;
using frontdesk::testing::sql_value;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* before = "ada@example.test";
constexpr const char* after = "ada@new.example.test";

class ChangingEmail : public AccountsTest {
 protected:
  void SetUp() override {
    AccountsTest::SetUp();
    customer(before);
    tokens = log_in(before)->tokens;
    actor = *authenticate(tokens.access_token);
    actor.address = "192.0.2.1";
  }

  Result<CodeSent> change(std::string_view to = after, std::string_view with = password) {
    const EmailChange wish{.email = address(to), .current_password = Secret(with)};
    return run(accounts.change_email(actor, wish, soon()));
  }
  Result<Account> confirm(const std::string& code) {
    return run(accounts.verify_email_change(actor, code, soon()));
  }

  TokenPair tokens;
  Actor actor;
};

TEST_F(ChangingEmail, the_code_moves_the_account) {
  const auto sent = change();
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->email.text(), after);
  EXPECT_EQ(sent->expires_at - sent->resend_after, 540s);
  EXPECT_EQ(run(accounts.me(actor, soon()))->email, before) << "not before it is proved";
  const auto account = confirm(code_sent_to(after));
  ASSERT_TRUE(account);
  EXPECT_EQ(account->email, after);
  EXPECT_TRUE(account->email_verified);
  EXPECT_EQ(account->version, 2);
  EXPECT_EQ(outcome(log_in(after)), "ok");
  EXPECT_EQ(outcome(log_in(before)), "invalid_credentials");
  EXPECT_EQ(count("email_changes"), 0);
  EXPECT_EQ(sql_value("SELECT details->>'fields' FROM audit_logs WHERE action = 'user.update'"),
            R"(["email"])");
}

TEST_F(ChangingEmail, R09_ends_other_sessions_and_tells_the_old_address) {
  const auto other = log_in(before)->tokens;
  EXPECT_TRUE(authenticate(other.access_token));
  change();
  EXPECT_TRUE(authenticate(other.access_token));
  ASSERT_EQ(outcome(confirm(code_sent_to(after))), "ok");
  EXPECT_FALSE(authenticate(other.access_token));
  EXPECT_EQ(outcome(refresh(other.refresh_token)), "token_invalid");
  EXPECT_TRUE(authenticate(tokens.access_token));
  const auto notices = events(before);
  ASSERT_EQ(notices.size(), 1U);
  EXPECT_EQ(notices[0].event, "auth.email_changed");
  EXPECT_THAT(notices[0].text, HasSubstr("https://book.example.test"));
  EXPECT_THAT(notices[0].text, Not(HasSubstr(after)));
}

TEST_F(ChangingEmail, R08_a_wrong_password_counts_as_a_failed_login) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(outcome(change(after, "wrong")), "validation_failed");
  EXPECT_EQ(outcome(change()), "account_locked");
  EXPECT_EQ(outcome(log_in(before)), "account_locked");
  EXPECT_EQ(events(after).size(), 0U);
  EXPECT_EQ(count("email_changes"), 0);
}

TEST_F(ChangingEmail, R01_the_code_is_guessed_at_five_times_and_used_once) {
  change();
  const auto code = code_sent_to(after);
  EXPECT_EQ(count("email_changes e WHERE e::text LIKE '%" + code + "%'"), 0);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(outcome(confirm(another(code))), "code_invalid");
  EXPECT_EQ(outcome(confirm(code)), "code_invalid");
  EXPECT_EQ(wrong_codes, 6);
  age_sends("2 minutes");
  change();
  const auto second = code_sent_to(after);
  EXPECT_EQ(outcome(confirm(second)), "ok");
  EXPECT_EQ(outcome(confirm(second)), "code_invalid");
}

TEST_F(ChangingEmail, R01_a_code_ends_by_the_clock_of_the_database) {
  change();
  sql("UPDATE email_changes SET code_expires_at = clock_timestamp() - interval '1 ms'");
  EXPECT_EQ(outcome(confirm(code_sent_to(after))), "code_invalid");
  sql("UPDATE email_changes SET code_expires_at = now() - interval '25 hours'");
  EXPECT_EQ(run(accounts.clean(1000, soon())), 1);
}

TEST_F(ChangingEmail, R01_a_later_wish_voids_the_code_of_the_earlier_one) {
  change();
  const auto first = code_sent_to(after);
  change("ada@third.example.test");
  const auto second = code_sent_to("ada@third.example.test");
  if (first != second) EXPECT_EQ(outcome(confirm(first)), "code_invalid");
  EXPECT_EQ(confirm(second)->email, "ada@third.example.test");
}

TEST_F(ChangingEmail,
       R01_a_minute_lies_between_two_codes_and_the_right_password_is_not_held_against_one) {
  change();
  EXPECT_EQ(outcome(change()), "code_limited");
  EXPECT_EQ(count("login_failures"), 0);
  EXPECT_EQ(events(after).size(), 1U);
  EXPECT_EQ(outcome(confirm(code_sent_to(after))), "ok");
}

TEST_F(ChangingEmail, R05_an_address_with_an_account_answers_alike_and_is_told) {
  customer("bob@example.test");
  const auto sent = change("bob@example.test");
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->expires_at - sent->resend_after, 540s);
  const auto told = events("bob@example.test");
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].event, "auth.known_address");
  EXPECT_EQ(outcome(confirm("123456")), "code_invalid");
  EXPECT_EQ(outcome(log_in("bob@example.test")), "ok");
}

TEST_F(ChangingEmail, an_address_that_is_taken_meanwhile_stays_with_its_owner) {
  change();
  customer(after, "the other's passphrase");
  EXPECT_EQ(outcome(confirm(code_sent_to(after))), "code_invalid");
  EXPECT_EQ(run(accounts.me(actor, soon()))->email, before);
  EXPECT_EQ(outcome(log_in(after, "the other's passphrase")), "ok");
}

TEST_F(ChangingEmail, R10_a_code_is_good_in_its_own_account_only) {
  customer("bob@example.test");
  const auto theirs = *authenticate(log_in("bob@example.test")->tokens.access_token);
  change();
  const auto code = code_sent_to(after);
  EXPECT_EQ(outcome(run(accounts.verify_email_change(theirs, code, soon()))), "code_invalid");
  EXPECT_EQ(outcome(verify(after, code)), "code_invalid");
  EXPECT_EQ(outcome(confirm(code)), "ok");
}

TEST_F(ChangingEmail, ones_own_address_is_no_change_and_counts_for_nothing) {
  const auto refused = change(" ADA@example.test");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.at(0).code, "unchanged");
  EXPECT_EQ(count("login_failures"), 0);
}

TEST_F(ChangingEmail, no_mail_to_the_old_address_opens_the_account_any_more) {
  ASSERT_TRUE(run(accounts.forgot_password(visitor, address(before), soon())));
  const auto code = code_sent_to(before);
  change();
  ASSERT_EQ(outcome(confirm(code_sent_to(after))), "ok");
  EXPECT_EQ(count("password_resets"), 0);
  const PasswordReset wish{.email = address(before),
                           .code = code,
                           .token = {},
                           .password = Secret("another passphrase")};
  EXPECT_EQ(outcome(run(accounts.reset_password(visitor, wish, soon()))), "code_invalid");
}

}  // namespace
}  // namespace frontdesk::accounts

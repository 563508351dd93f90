#include "accounts/testing.hpp"

namespace frontdesk::accounts {
namespace {

using frontdesk::testing::sql;
using frontdesk::testing::sql_value;
using ::testing::HasSubstr;

constexpr const char* email = "ada@example.test";
constexpr const char* new_password = "a better passphrase";

class ResettingPassword : public AccountsTest {
 protected:
  void SetUp() override {
    AccountsTest::SetUp();
    customer(email);
  }

  Result<CodeSent> forgot(std::string_view of = email) {
    return run(accounts.forgot_password(visitor, address(of), soon()));
  }

  /// A mail later; the code and the link in it.
  std::string code_of_next_mail() {
    EXPECT_EQ(outcome(forgot()), "ok");
    age_sends("2 minutes");
    return code_sent_to(email);
  }
  std::string token_of_next_mail() {
    static constexpr std::string_view before = "https://book.example.test/reset-password#token=";
    code_of_next_mail();
    const auto text = events(email).back().text;
    const auto at = text.find(before);
    return at == std::string::npos ? "" : text.substr(at + before.size(), 22);
  }

  Result<void> reset(const PasswordReset& wish) {
    return run(accounts.reset_password(visitor, wish, soon()));
  }
  Result<void> by_code(std::string code, std::string_view of = email) {
    return reset({.email = address(of),
                  .code = std::move(code),
                  .token = {},
                  .password = Secret(new_password)});
  }
  Result<void> by_token(std::string_view token, std::optional<EmailAddress> of = {},
                        std::string_view wanted = new_password) {
    return reset(
        {.email = std::move(of), .code = {}, .token = Secret(token), .password = Secret(wanted)});
  }
};

TEST_F(ResettingPassword, the_code_opens_the_account_again) {
  ASSERT_EQ(outcome(by_code(code_of_next_mail())), "ok");
  EXPECT_EQ(outcome(log_in(email, new_password)), "ok");
  EXPECT_EQ(outcome(log_in(email, password)), "invalid_credentials");
  EXPECT_EQ(count("password_resets"), 0);
  EXPECT_EQ(count("audit_logs WHERE action = 'auth.reset_password' AND actor_id = subject_id"), 1);
}

TEST_F(ResettingPassword, the_link_opens_the_account_again) {
  const auto token = token_of_next_mail();
  EXPECT_EQ(token.size(), 22U);
  ASSERT_EQ(outcome(by_token(token)), "ok");
  EXPECT_EQ(outcome(log_in(email, new_password)), "ok");
  EXPECT_EQ(outcome(by_token(token)), "code_invalid");
}

TEST_F(ResettingPassword, R01_neither_code_nor_link_is_in_the_database) {
  const auto token = token_of_next_mail();
  const auto code = code_sent_to(email);
  EXPECT_EQ(count("password_resets r WHERE r::text LIKE '%" + token + "%'"), 0);
  EXPECT_EQ(
      sql_value("SELECT length(code_hmac) || ' ' || length(token_sha256) FROM password_resets"),
      "32 32");
  EXPECT_EQ(count("password_resets WHERE token_expires_at - clock_timestamp() BETWEEN interval "
                  "'23 hours' AND interval '24 hours'"),
            1);
}

TEST_F(ResettingPassword, R01_a_code_may_be_guessed_at_five_times_and_R08_the_link_stays_good) {
  const auto token = token_of_next_mail();
  const auto code = code_sent_to(email);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(outcome(by_code(another(code))), "code_invalid");
  EXPECT_EQ(outcome(by_code(code)), "code_invalid");
  EXPECT_EQ(wrong_codes, 6);
  EXPECT_EQ(outcome(by_token(token)), "ok");
}

TEST_F(ResettingPassword, R01_a_later_mail_replaces_the_code_and_R08_not_the_link) {
  const auto token = token_of_next_mail();
  const auto first = code_sent_to(email);
  const auto second = code_of_next_mail();
  if (first != second) EXPECT_EQ(outcome(by_code(first)), "code_invalid");
  EXPECT_EQ(count("password_resets"), 2);
  EXPECT_EQ(outcome(by_token(token)), "ok");
  EXPECT_EQ(outcome(by_code(second)), "code_invalid") << "one reset voids all mails before it";
}

TEST_F(ResettingPassword, R08_code_and_link_end_by_the_clock_of_the_database) {
  const auto token = token_of_next_mail();
  const auto code = code_sent_to(email);
  sql("UPDATE password_resets SET code_expires_at = clock_timestamp() - interval '1 ms'");
  EXPECT_EQ(outcome(by_code(code)), "code_invalid");
  sql("UPDATE password_resets SET token_expires_at = clock_timestamp() - interval '1 ms'");
  EXPECT_EQ(outcome(by_token(token)), "code_invalid");
  EXPECT_EQ(run(accounts.clean(1000, soon())), 1);
  EXPECT_EQ(count("password_resets"), 0);
}

TEST_F(ResettingPassword, R01_fits_its_own_account_and_purpose_only) {
  customer("bob@example.test");
  const auto token = token_of_next_mail();
  const auto code = code_sent_to(email);
  ASSERT_EQ(outcome(forgot("bob@example.test")), "ok");
  if (code != code_sent_to("bob@example.test")) {
    EXPECT_EQ(outcome(by_code(code, "bob@example.test")), "code_invalid");
  }
  EXPECT_EQ(outcome(by_token(token, address("bob@example.test"))), "code_invalid");
  EXPECT_EQ(outcome(verify(email, code)), "code_invalid");
  EXPECT_EQ(outcome(by_token(token, address(email))), "ok");
  EXPECT_EQ(outcome(log_in("bob@example.test")), "ok");
}

TEST_F(ResettingPassword, R01_of_parallel_resets_exactly_one_succeeds) {
  const auto token = token_of_next_mail();
  const PasswordReset wish{
      .email = {}, .code = {}, .token = Secret(token), .password = Secret(new_password)};
  std::vector<Task<Result<void>>> tasks;
  for (int i = 0; i < 5; ++i) tasks.push_back(accounts.reset_password(visitor, wish, soon()));
  const auto results = run_all(std::move(tasks));
  EXPECT_EQ(std::ranges::count_if(results, [](const auto& r) { return outcome(r) == "ok"; }), 1);
  EXPECT_EQ(count("outbox WHERE event = 'auth.password_changed'"), 1);
}

TEST_F(ResettingPassword, R08_a_reset_unlocks_for_every_network) {
  for (int i = 0; i < 99; ++i) log_in(email, "wrong", fmt::format("192.0.2.{}", i));
  for (int i = 0; i < 3; ++i) log_in(email, "wrong", "198.51.100.1");
  EXPECT_EQ(outcome(log_in(email, password, "203.0.113.1")), "account_locked");
  ASSERT_EQ(outcome(by_code(code_of_next_mail())), "ok");
  EXPECT_EQ(outcome(log_in(email, new_password, "198.51.100.1")), "ok");
  EXPECT_EQ(count("login_locks"), 0);
  EXPECT_EQ(count("login_failures"), 0);
}

TEST_F(ResettingPassword, R09_ends_every_session_and_tells_the_owner) {
  const auto tokens = log_in(email)->tokens;
  EXPECT_TRUE(authenticate(tokens.access_token));
  ASSERT_EQ(outcome(by_code(code_of_next_mail())), "ok");
  EXPECT_FALSE(authenticate(tokens.access_token));
  EXPECT_EQ(outcome(refresh(tokens.refresh_token)), "token_invalid");
  EXPECT_EQ(events(email).back().event, "auth.password_changed");
}

TEST_F(ResettingPassword, R05_every_address_gets_the_same_answer_and_only_an_owner_a_mail) {
  customer("disabled@example.test");
  sql("UPDATE users SET status = 'disabled' WHERE email LIKE 'disabled%'");
  customer("invited@example.test");
  sql("UPDATE users SET status = 'invited' WHERE email LIKE 'invited%'");
  for (const char* of :
       {email, "disabled@example.test", "unknown@example.test", "invited@example.test"}) {
    const auto sent = forgot(of);
    ASSERT_TRUE(sent) << of;
    EXPECT_EQ(sent->email.text(), of);
    EXPECT_EQ(sent->expires_at - sent->resend_after, 540s);
    EXPECT_EQ(outcome(forgot(of)), "code_limited") << of;
    EXPECT_EQ(events(of).size(), of == email ? 1U : 0U) << of;
    EXPECT_EQ(outcome(by_code("123456", of)), "code_invalid");
  }
  EXPECT_THAT(events(email)[0].text, HasSubstr("https://book.example.test/"));
}

TEST_F(ResettingPassword, a_disabled_account_stays_shut) {
  const auto token = token_of_next_mail();
  sql("UPDATE users SET status = 'disabled'");
  EXPECT_EQ(outcome(by_token(token)), "code_invalid");
  EXPECT_EQ(count("password_resets"), 1);
}

TEST_F(ResettingPassword, R06_a_link_knows_whose_address_is_no_password) {
  const auto token = token_of_next_mail();
  const auto refused = by_token(token, {}, "ADA@example.test");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.at(0).code, "same_as_email");
  EXPECT_EQ(outcome(by_token(token)), "ok");
}

TEST_F(ResettingPassword, R19_a_full_hasher_costs_no_guess) {
  const auto code = code_of_next_mail();
  {
    std::vector<PasswordHasher::Slot> slots;
    while (auto slot = shared.hasher.admit()) slots.push_back(std::move(*slot));
    EXPECT_EQ(outcome(by_code(code)), "unavailable");
  }
  EXPECT_EQ(sql_value("SELECT guesses FROM password_resets"), "0");
  EXPECT_EQ(outcome(by_code(code)), "ok");
}

TEST_F(ResettingPassword, a_new_password_voids_every_mail_before_it) {
  const auto token = token_of_next_mail();
  const auto actor = authenticate(log_in(email)->tokens.access_token);
  const PasswordChange change{.current = Secret(password), .wanted = Secret("yet another one")};
  ASSERT_EQ(outcome(run(accounts.change_password(*actor, change, soon()))), "ok");
  EXPECT_EQ(outcome(by_token(token)), "code_invalid");
}

}  // namespace
}  // namespace frontdesk::accounts

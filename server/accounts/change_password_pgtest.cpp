#include "accounts/testing.hpp"

namespace frontdesk::accounts {
namespace {

using frontdesk::testing::sql;
using ::testing::HasSubstr;

constexpr const char* new_password = "a better passphrase";

class ChangingPassword : public AccountsTest {
 protected:
  void SetUp() override {
    AccountsTest::SetUp();
    customer("ada@example.test");
    tokens = log_in("ada@example.test")->tokens;
    actor = *authenticate(tokens.access_token);
    actor.address = "192.0.2.1";
  }

  Result<void> change(std::string_view current, std::string_view wanted = new_password) {
    const PasswordChange wish{.current = Secret(current), .wanted = Secret(wanted)};
    return run(accounts.change_password(actor, wish, soon()));
  }

  TokenPair tokens;
  Actor actor;
};

TEST_F(ChangingPassword, the_new_one_logs_in_and_the_old_one_does_not) {
  ASSERT_EQ(outcome(change(password)), "ok");
  EXPECT_EQ(outcome(log_in("ada@example.test", new_password)), "ok");
  EXPECT_EQ(outcome(log_in("ada@example.test", password)), "invalid_credentials");
  EXPECT_EQ(count("audit_logs WHERE action = 'auth.change_password' AND outcome = 'success' AND "
                  "actor_id = subject_id"),
            1);
}

TEST_F(ChangingPassword, R09_ends_every_other_session_and_tells_the_owner) {
  const auto other = log_in("ada@example.test")->tokens;
  customer("bob@example.test");
  const auto theirs = log_in("bob@example.test")->tokens;
  EXPECT_TRUE(authenticate(other.access_token));
  ASSERT_EQ(outcome(change(password)), "ok");
  EXPECT_FALSE(authenticate(other.access_token));
  EXPECT_EQ(outcome(refresh(other.refresh_token)), "token_invalid");
  EXPECT_TRUE(authenticate(tokens.access_token));
  EXPECT_EQ(outcome(refresh(tokens.refresh_token)), "ok");
  EXPECT_TRUE(authenticate(theirs.access_token));
  const auto sent = events("ada@example.test");
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].event, "auth.password_changed");
  EXPECT_THAT(sent[0].text, HasSubstr("https://book.example.test"));
}

TEST_F(ChangingPassword, R08_a_wrong_one_counts_as_a_failed_login) {
  for (int i = 0; i < 3; ++i) {
    const auto refused = change("not the password");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "validation_failed");
    EXPECT_EQ(refused.error().fields.at(0).field, "current_password");
  }
  const auto locked = change(password);
  ASSERT_EQ(outcome(locked), "account_locked");
  EXPECT_TRUE(locked.error().retry_after);
  EXPECT_EQ(outcome(log_in("ada@example.test")), "account_locked");
  EXPECT_EQ(count("login_attempts WHERE outcome = 'wrong'"), 3);
  EXPECT_EQ(count("audit_logs WHERE action = 'auth.change_password' AND outcome = 'failure'"), 3);
  EXPECT_EQ(count("audit_logs WHERE action = 'auth.change_password' AND outcome = 'refused'"), 1);
  EXPECT_TRUE(authenticate(tokens.access_token));
  EXPECT_EQ(events("ada@example.test").size(), 0U);
  EXPECT_EQ(outcome(log_in("ada@example.test", password, "198.51.100.1")), "ok");
}

TEST_F(ChangingPassword, R08_parallel_guesses_are_judged_as_if_in_a_row) {
  const PasswordChange wrong{.current = Secret("wrong"), .wanted = Secret(new_password)};
  std::vector<Task<Result<void>>> tasks;
  for (int i = 0; i < 12; ++i) tasks.push_back(accounts.change_password(actor, wrong, soon()));
  const auto results = run_all(std::move(tasks));
  EXPECT_EQ(
      std::ranges::count_if(results, [](const auto& r) { return outcome(r) == "account_locked"; }),
      9);
}

TEST_F(ChangingPassword, R08_success_clears) {
  change("wrong");
  change("wrong");
  ASSERT_EQ(outcome(change(password)), "ok");
  EXPECT_EQ(count("login_locks"), 0);
  EXPECT_EQ(count("login_failures"), 0);
}

TEST_F(ChangingPassword, R06_one_that_will_not_do_is_refused_and_counts_for_nothing) {
  for (const char* weak : {"ADA@example.test", "Ada@Example.Test"}) {
    const auto refused = change(password, weak);
    ASSERT_FALSE(refused) << weak;
    EXPECT_EQ(refused.error().fields.at(0).field, "new_password");
    EXPECT_EQ(refused.error().fields.at(0).code, "same_as_email");
  }
  EXPECT_EQ(count("login_locks"), 0);
  EXPECT_EQ(outcome(log_in("ada@example.test")), "ok");
}

TEST_F(ChangingPassword, of_two_at_once_one_finds_its_password_gone) {
  const PasswordChange one{.current = Secret(password), .wanted = Secret("the first of the two")};
  const PasswordChange two{.current = Secret(password), .wanted = Secret("the second of the two")};
  std::vector<Task<Result<void>>> tasks;
  tasks.push_back(accounts.change_password(actor, one, soon()));
  tasks.push_back(accounts.change_password(actor, two, soon()));
  const auto results = run_all(std::move(tasks));
  EXPECT_EQ(std::ranges::count_if(results, [](const auto& r) { return outcome(r) == "ok"; }), 1);
  EXPECT_EQ(events("ada@example.test").size(), 1U);
}

TEST_F(ChangingPassword, R19_a_full_hasher_counts_nothing) {
  std::vector<PasswordHasher::Slot> slots;
  while (auto slot = shared.hasher.admit()) slots.push_back(std::move(*slot));
  EXPECT_EQ(outcome(change("wrong")), "unavailable");
  EXPECT_EQ(count("login_attempts WHERE outcome = 'wrong'"), 0);
}

TEST_F(ChangingPassword, an_account_that_is_gone_is_not_found) {
  sql("DELETE FROM users");
  EXPECT_EQ(outcome(change(password)), "not_found");
}

}  // namespace
}  // namespace frontdesk::accounts

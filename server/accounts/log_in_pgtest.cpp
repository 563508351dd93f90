#include "accounts/testing.hpp"

namespace frontdesk::accounts {
namespace {

using frontdesk::testing::sql;
using frontdesk::testing::sql_value;

class LoggingIn : public AccountsTest {};

TEST_F(LoggingIn, opens_a_session_and_says_who_it_is) {
  const auto account = customer("ada@example.test");
  const auto logged_in = log_in("ada@example.test");
  ASSERT_TRUE(logged_in);
  EXPECT_EQ(logged_in->account.id, account.id);
  EXPECT_EQ(logged_in->tokens.access_lifetime, 168h);
  EXPECT_EQ(logged_in->tokens.refresh_lifetime, 720h);
  EXPECT_EQ(logged_in->tokens.refresh_token.size(), 43U);
  const auto actor = authenticate(logged_in->tokens.access_token);
  ASSERT_TRUE(actor);
  EXPECT_EQ(actor->user, account.id);
  EXPECT_TRUE(actor->session);
  EXPECT_EQ(run(accounts.me(*actor, soon()))->email, "ada@example.test");
}

TEST_F(LoggingIn, an_admin_gets_every_permission) {
  customer("ada@example.test");
  sql("UPDATE users SET role_id = '00000000-0000-7000-8000-000000000001'");
  const auto logged_in = log_in("ada@example.test");
  EXPECT_EQ(logged_in->account.role_name, "admin");
  const auto actor = authenticate(logged_in->tokens.access_token);
  for (int i = 0; i < permission_count; ++i) EXPECT_TRUE(actor->may(static_cast<Permission>(i)));
}

TEST_F(LoggingIn, R13_the_refresh_token_rests_as_its_digest) {
  customer("ada@example.test");
  const auto logged_in = log_in("ada@example.test");
  const auto digest = sha256(logged_in->tokens.refresh_token);
  std::string hex;
  for (const auto byte : digest) hex += fmt::format("{:02x}", byte);
  EXPECT_EQ(sql_value("SELECT encode(token_sha256, 'hex') FROM refresh_tokens"), hex);
}

TEST_F(LoggingIn, unknown_wrong_disabled_and_unverified_are_refused_alike) {
  customer("ada@example.test");
  customer("disabled@example.test");
  customer("unverified@example.test");
  sql("UPDATE users SET status = 'disabled' WHERE email LIKE 'disabled%';"
      "UPDATE users SET email_verified = false WHERE email LIKE 'unverified%'");
  const auto wrong = log_in("ada@example.test", "not the password");
  for (const char* email :
       {"unknown@example.test", "disabled@example.test", "unverified@example.test"}) {
    const auto refused = log_in(email);
    ASSERT_FALSE(refused) << email;
    EXPECT_EQ(refused.error().kind, ErrorKind::unauthenticated);
    EXPECT_EQ(refused.error().code, wrong.error().code);
    EXPECT_EQ(refused.error().message, wrong.error().message);
    EXPECT_EQ(refused.error().retry_after, wrong.error().retry_after);
  }
  EXPECT_EQ(count("sessions"), 0);
}

// The whole ladder for one address: how each attempt ended, and how long the lock then is.
std::vector<std::string> ladder(auto attempt, auto age) {
  std::vector<std::string> seen;
  for (const char* lock : {"15 minutes", "30 minutes", "1 hour", "2 hours"}) {
    for (int i = 0; i < 3; ++i) seen.push_back(outcome(attempt()));
    const auto locked = attempt();
    seen.push_back(outcome(locked));
    if (!locked)
      seen.push_back(std::to_string((locked.error().retry_after.value_or(0s).count() + 59) / 60));
    age(lock);
  }
  return seen;
}

TEST_F(LoggingIn, R08_known_and_unknown_addresses_are_locked_in_the_same_sequence) {
  customer("ada@example.test");
  const auto known = ladder([&] { return log_in("ada@example.test", "wrong"); }, age_locks);
  const auto unknown = ladder([&] { return log_in("unknown@example.test", "wrong"); }, age_locks);
  EXPECT_EQ(known, unknown);
  const std::vector<std::string> rung{"invalid_credentials", "invalid_credentials",
                                      "invalid_credentials", "account_locked"};
  std::vector<std::string> expected;
  for (const char* minutes : {"15", "30", "60", "120"}) {
    expected.insert(expected.end(), rung.begin(), rung.end());
    expected.emplace_back(minutes);
  }
  EXPECT_EQ(known, expected);
}

TEST_F(LoggingIn, R08_a_lock_holds_for_the_right_password_too) {
  customer("ada@example.test");
  for (int i = 0; i < 3; ++i) log_in("ada@example.test", "wrong");
  const auto locked = log_in("ada@example.test");
  ASSERT_EQ(outcome(locked), "account_locked");
  EXPECT_EQ(locked.error().kind, ErrorKind::too_many);
  EXPECT_TRUE(locked.error().retry_after);
  age_locks("15 minutes");
  EXPECT_EQ(outcome(log_in("ada@example.test")), "ok");
}

TEST_F(LoggingIn, R08_a_lock_is_for_one_network_only) {
  customer("ada@example.test");
  for (int i = 0; i < 3; ++i) log_in("ada@example.test", "wrong", "2001:db8::1");
  EXPECT_EQ(outcome(log_in("ada@example.test", password, "2001:db8::ffff")), "account_locked");
  EXPECT_EQ(outcome(log_in("ada@example.test", password, "2001:db8:0:1::1")), "ok");
  EXPECT_EQ(outcome(log_in("ada@example.test", password, "192.0.2.9")), "ok");
}

TEST_F(LoggingIn, R08_success_clears) {
  customer("ada@example.test");
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 2; ++i)
      EXPECT_EQ(outcome(log_in("ada@example.test", "wrong")), "invalid_credentials");
    EXPECT_EQ(outcome(log_in("ada@example.test")), "ok");
  }
  EXPECT_EQ(count("login_locks"), 0);
  EXPECT_EQ(count("login_failures"), 0);
}

TEST_F(LoggingIn, R08_a_hundred_failures_over_all_networks_lock_the_account) {
  customer("ada@example.test");
  int evaluated = 0;
  for (int i = 0; i < 110; ++i) {
    const auto result = log_in("ada@example.test", "wrong", fmt::format("192.0.2.{}", i));
    evaluated += outcome(result) == "invalid_credentials" ? 1 : 0;
  }
  EXPECT_EQ(evaluated, 100);
  EXPECT_EQ(outcome(log_in("ada@example.test", password, "198.51.100.1")), "account_locked");
  age_locks("2 days");
  EXPECT_EQ(outcome(log_in("ada@example.test", password, "198.51.100.1")), "account_locked");
  sql("UPDATE login_failures SET updated_at = now() - interval '1 year'");
  EXPECT_EQ(run(accounts.clean(1000, soon())) > 0 && count("login_failures") == 1, true);
}

TEST_F(LoggingIn, R08_parallel_attempts_are_judged_as_if_in_a_row) {
  customer("ada@example.test");
  const Credentials wrong{.email = address("ada@example.test"), .password = Secret("wrong")};
  std::vector<Task<Result<LoggedIn>>> tasks;
  for (int i = 0; i < 20; ++i) tasks.push_back(accounts.log_in(visitor, wrong, soon()));
  const auto results = run_all(std::move(tasks));
  EXPECT_EQ(std::ranges::count_if(
                results, [](const auto& r) { return outcome(r) == "invalid_credentials"; }),
            3);
  EXPECT_EQ(
      std::ranges::count_if(results, [](const auto& r) { return outcome(r) == "account_locked"; }),
      17);
}

TEST_F(LoggingIn, R08_every_attempt_is_recorded) {
  customer("ada@example.test");
  for (int i = 0; i < 4; ++i) log_in("ada@example.test", "wrong");
  log_in("ada@example.test", password, "192.0.2.9");
  log_in("unknown@example.test", "wrong");
  EXPECT_EQ(count("login_attempts WHERE outcome = 'wrong'"), 4);
  EXPECT_EQ(count("login_attempts WHERE outcome = 'locked'"), 1);
  EXPECT_EQ(count("login_attempts WHERE outcome = 'success' AND address = '192.0.2.9'"), 1);
  EXPECT_EQ(count("audit_logs WHERE action = 'auth.login' AND outcome = 'failure'"), 4);
  EXPECT_EQ(count("audit_logs WHERE action = 'auth.login' AND outcome = 'refused'"), 1);
  EXPECT_EQ(count("audit_logs WHERE action = 'auth.login' AND outcome = 'success'"), 1);
  EXPECT_EQ(count("login_attempts l, audit_logs a WHERE l::text || a::text LIKE '%example.test%'"),
            0);
}

TEST_F(LoggingIn, R19_a_full_hasher_locks_nobody_out) {
  customer("ada@example.test");
  {
    std::vector<PasswordHasher::Slot> slots;
    while (auto slot = shared.hasher.admit()) slots.push_back(std::move(*slot));
    for (int i = 0; i < 5; ++i) EXPECT_EQ(outcome(log_in("ada@example.test")), "unavailable");
  }
  EXPECT_EQ(outcome(log_in("ada@example.test")), "ok");
}

TEST_F(LoggingIn, R07_rehashes_when_the_cost_has_changed) {
  customer("ada@example.test");
  auto costlier = options();
  costlier.bcrypt_cost = 5;
  Shared other_shared(costlier);
  Accounts other(*pool, outbox, other_shared);
  const Credentials credentials{.email = address("ada@example.test"), .password = Secret(password)};
  ASSERT_TRUE(run(other.log_in(visitor, credentials, soon())));
  EXPECT_EQ(sql_value("SELECT left(password_hash, 7) FROM users"), "$2b$05$");
  EXPECT_TRUE(run(other.log_in(visitor, credentials, soon())));
}

TEST_F(LoggingIn, the_oldest_sessions_give_way) {
  customer("ada@example.test");
  auto few = options();
  few.sessions_per_account = 2;
  Shared other_shared(few);
  Accounts other(*pool, outbox, other_shared);
  SessionCheck other_check(*pool, other_shared);
  const Credentials credentials{.email = address("ada@example.test"), .password = Secret(password)};
  std::vector<std::string> tokens;
  for (int i = 0; i < 3; ++i) {
    tokens.push_back(run(other.log_in(visitor, credentials, soon()))->tokens.access_token);
    EXPECT_TRUE(run(other_check.authenticate(tokens.back(), soon())));
  }
  EXPECT_FALSE(run(other_check.authenticate(tokens[0], soon())));
  EXPECT_TRUE(run(other_check.authenticate(tokens[1], soon())));
  EXPECT_TRUE(run(other_check.authenticate(tokens[2], soon())));
}

TEST_F(LoggingIn, a_password_that_changes_meanwhile_logs_nobody_in) {
  customer("ada@example.test");
  // Changed between the comparison and the second transaction: a trigger does it with the attempt.
  sql("CREATE FUNCTION change_password() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS "
      "$$ BEGIN UPDATE users SET password_hash = 'changed'; RETURN NEW; END $$;"
      "CREATE TRIGGER change_password BEFORE INSERT ON login_attempts EXECUTE FUNCTION "
      "change_password()");
  const auto result = log_in("ada@example.test");
  sql("DROP TRIGGER change_password ON login_attempts; DROP FUNCTION change_password");
  EXPECT_EQ(outcome(result), "invalid_credentials");
  EXPECT_EQ(count("sessions"), 0);
}

}  // namespace
}  // namespace frontdesk::accounts

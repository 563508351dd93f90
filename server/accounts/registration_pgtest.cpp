#include "accounts/statements.hpp"
#include "accounts/testing.hpp"

namespace frontdesk::accounts {
namespace {

using frontdesk::testing::sql;
using frontdesk::testing::sql_value;
using ::testing::HasSubstr;

class Registering : public AccountsTest {};

TEST(AccountsSql, every_statement_can_be_run) {
  frontdesk::testing::prepare_all(sql::all);
}

TEST_F(Registering, a_code_turns_a_registration_into_an_account) {
  const auto pending = register_as("ada@example.test");
  ASSERT_TRUE(pending);
  EXPECT_EQ(pending->sent.email.text(), "ada@example.test");
  EXPECT_EQ(pending->sent.expires_at - pending->sent.resend_after, 540s);
  const auto account = verify("ada@example.test", code_sent_to("ada@example.test"), pending->id);
  ASSERT_TRUE(account);
  EXPECT_EQ(account->name, "Ada Example");
  EXPECT_EQ(account->role_name, "customer");
  EXPECT_TRUE(account->email_verified);
  EXPECT_EQ(account->permissions, PermissionSet());
  EXPECT_EQ(count("pending_registrations"), 0);
  EXPECT_EQ(outcome(log_in("ada@example.test")), "ok");
}

TEST_F(Registering, R04_touches_no_user_before_it_is_verified) {
  ASSERT_TRUE(register_as("ada@example.test"));
  EXPECT_EQ(count("users"), 0);
  EXPECT_EQ(outcome(log_in("ada@example.test")), "invalid_credentials");
}

TEST_F(Registering, R01_the_code_is_not_in_the_database) {
  ASSERT_TRUE(register_as("ada@example.test"));
  const auto code = code_sent_to("ada@example.test");
  EXPECT_EQ(code.size(), 6U);
  EXPECT_EQ(count("pending_registrations p WHERE p::text LIKE '%" + code + "%'"), 0);
  EXPECT_EQ(sql_value("SELECT length(code_hmac) FROM pending_registrations"), "32");
}

TEST_F(Registering, R01_a_code_works_once) {
  const auto pending = register_as("ada@example.test");
  const auto code = code_sent_to("ada@example.test");
  EXPECT_EQ(outcome(verify("ada@example.test", code, pending->id)), "ok");
  EXPECT_EQ(outcome(verify("ada@example.test", code, pending->id)), "code_invalid");
  EXPECT_EQ(outcome(verify("ada@example.test", code)), "code_invalid");
  EXPECT_EQ(count("users"), 1);
}

TEST_F(Registering, R01_of_parallel_verifications_exactly_one_succeeds) {
  const auto pending = register_as("ada@example.test");
  const EmailVerification verification{address("ada@example.test"),
                                       code_sent_to("ada@example.test"), pending->id};
  std::vector<Task<Result<Account>>> tasks;
  for (int i = 0; i < 5; ++i) tasks.push_back(accounts.verify_email(visitor, verification, soon()));
  const auto results = run_all(std::move(tasks));
  EXPECT_EQ(std::ranges::count_if(results, [](const auto& result) { return result.has_value(); }),
            1);
  EXPECT_EQ(count("users"), 1);
}

TEST_F(Registering, R01_a_code_may_be_guessed_at_five_times) {
  const auto pending = register_as("ada@example.test");
  const auto code = code_sent_to("ada@example.test");
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(outcome(verify("ada@example.test", another(code), pending->id)), "code_invalid");
  }
  EXPECT_EQ(outcome(verify("ada@example.test", code, pending->id)), "code_invalid");
  EXPECT_EQ(wrong_codes, 6);
}

TEST_F(Registering, R01_parallel_guesses_are_no_more_than_five) {
  const auto pending = register_as("ada@example.test");
  const EmailVerification wrong{address("ada@example.test"),
                                another(code_sent_to("ada@example.test")), pending->id};
  std::vector<Task<Result<Account>>> tasks;
  for (int i = 0; i < 20; ++i) tasks.push_back(accounts.verify_email(visitor, wrong, soon()));
  run_all(std::move(tasks));
  EXPECT_EQ(sql_value("SELECT guesses FROM pending_registrations"), "5");
}

TEST_F(Registering, R01_a_code_expires_by_the_clock_of_the_database) {
  ASSERT_TRUE(register_as("ada@example.test"));
  sql("UPDATE pending_registrations SET code_expires_at = clock_timestamp() - interval '1 ms'");
  EXPECT_EQ(outcome(verify("ada@example.test", code_sent_to("ada@example.test"))), "code_invalid");
}

TEST_F(Registering, R01_a_resend_replaces_the_code_and_its_guesses) {
  const auto pending = register_as("ada@example.test");
  const auto first = code_sent_to("ada@example.test");
  sql("UPDATE pending_registrations SET guesses = 5");
  age_sends("61 seconds");
  ASSERT_TRUE(run(accounts.resend_code(visitor, pending->sent.email, soon())));
  const auto second = code_sent_to("ada@example.test");
  if (first != second) EXPECT_EQ(outcome(verify("ada@example.test", first)), "code_invalid");
  EXPECT_EQ(outcome(verify("ada@example.test", second)), "ok");
}

TEST_F(Registering, R04_a_stranger_who_registers_the_address_gets_nothing) {
  const auto mine = register_as("ada@example.test", "my own long password");
  const auto my_code = code_sent_to("ada@example.test");
  age_sends("61 seconds");
  const auto theirs = register_as("ada@example.test", "the stranger's password");
  const auto their_code = code_sent_to("ada@example.test");
  EXPECT_NE(mine->id, theirs->id);
  // Without an id there are two to choose from, so none is.
  EXPECT_EQ(outcome(verify("ada@example.test", my_code)), "code_invalid");
  EXPECT_EQ(sql_value("SELECT sum(guesses) FROM pending_registrations"), "0");
  if (my_code != their_code) {
    EXPECT_EQ(outcome(verify("ada@example.test", my_code, theirs->id)), "code_invalid");
  }
  EXPECT_EQ(outcome(verify("ada@example.test", my_code, mine->id)), "ok");
  EXPECT_EQ(outcome(verify("ada@example.test", their_code, theirs->id)), "code_invalid");
  EXPECT_EQ(outcome(log_in("ada@example.test", "my own long password")), "ok");
  EXPECT_EQ(outcome(log_in("ada@example.test", "the stranger's password")), "invalid_credentials");
}

TEST_F(Registering, R04_verification_only_inserts) {
  const auto pending = register_as("ada@example.test");
  customer("ada@example.test", "the account's password");
  EXPECT_EQ(count("pending_registrations"), 0);
  // Even with a registration that somehow survived.
  age_sends("61 seconds");
  sql("INSERT INTO pending_registrations (id, email, name, password_hash, locale, code_hmac, "
      "code_expires_at) "
      "SELECT '" +
      pending->id.to_string() + "', email, 'Eve', 'x', 'en', '\\x00', now() FROM users");
  const auto sealed = shared.codes.seal(CodePurpose::email_verification, pending->id,
                                        address("ada@example.test"), "123456");
  std::string hex;
  for (const auto byte : sealed) hex += fmt::format("{:02x}", byte);
  sql("UPDATE pending_registrations SET code_expires_at = now() + interval '1 minute', code_hmac = "
      "'\\x" +
      hex + "'");
  EXPECT_EQ(outcome(verify("ada@example.test", "123456", pending->id)), "code_invalid");
  EXPECT_EQ(outcome(log_in("ada@example.test", "the account's password")), "ok");
  EXPECT_EQ(sql_value("SELECT name FROM users"), "Ada Example");
}

TEST_F(Registering, R05_a_known_address_gets_the_same_answer_and_a_mail_that_says_so) {
  customer("ada@example.test");
  const auto known = register_as("ada@example.test", "another password");
  const auto unknown = register_as("bob@example.test", "another password");
  ASSERT_TRUE(known && unknown);
  EXPECT_EQ(known->sent.expires_at - known->sent.resend_after, 540s);
  EXPECT_EQ(known->id.bytes[6] >> 4, 7);
  EXPECT_EQ(count("pending_registrations WHERE email = 'ada@example.test'"), 0);
  const auto sent = events("ada@example.test");
  ASSERT_EQ(sent.size(), 1U);
  EXPECT_EQ(sent[0].event, "auth.known_address");
  EXPECT_THAT(sent[0].text, HasSubstr("https://book.example.test"));
  EXPECT_EQ(code_sent_to("ada@example.test"), "");
  EXPECT_EQ(outcome(verify("ada@example.test", "123456", known->id)), "code_invalid");
  EXPECT_EQ(outcome(log_in("ada@example.test")), "ok");
}

TEST_F(Registering, R05_a_resend_answers_every_address_alike) {
  customer("known@example.test");
  register_as("pending@example.test");
  age_sends("61 seconds");
  for (const char* email : {"known@example.test", "pending@example.test", "unknown@example.test"}) {
    const auto sent = run(accounts.resend_code(visitor, address(email), soon()));
    ASSERT_TRUE(sent) << email;
    EXPECT_EQ(sent->expires_at - sent->resend_after, 540s);
    const auto again = run(accounts.resend_code(visitor, address(email), soon()));
    EXPECT_EQ(outcome(again), "code_limited") << email;
  }
  EXPECT_EQ(events("known@example.test").size(), 1U);
  EXPECT_EQ(events("pending@example.test").size(), 2U);
  EXPECT_EQ(events("unknown@example.test").size(), 0U);
}

TEST_F(Registering, R01_a_minute_lies_between_two_sends) {
  ASSERT_TRUE(register_as("ada@example.test"));
  const auto refused = register_as("ada@example.test");
  ASSERT_EQ(outcome(refused), "code_limited");
  EXPECT_EQ(refused.error().kind, ErrorKind::too_many);
  EXPECT_LE(*refused.error().retry_after, 60s);
  EXPECT_GE(*refused.error().retry_after, 50s);
  EXPECT_EQ(count("pending_registrations"), 1);
  age_sends("60 seconds");
  EXPECT_EQ(outcome(register_as("ada@example.test")), "ok");
}

TEST_F(Registering, R01_five_sends_an_hour_and_ten_a_day) {
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(outcome(run(accounts.resend_code(visitor, address("ada@example.test"), soon()))),
              "ok");
    age_sends("2 minutes");
  }
  const auto sixth = run(accounts.resend_code(visitor, address("ada@example.test"), soon()));
  ASSERT_EQ(outcome(sixth), "code_limited");
  EXPECT_GT(*sixth.error().retry_after, 45min);
  age_sends("1 hour");
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(outcome(run(accounts.resend_code(visitor, address("ada@example.test"), soon()))),
              "ok");
    age_sends("13 minutes");
  }
  const auto eleventh = run(accounts.resend_code(visitor, address("ada@example.test"), soon()));
  ASSERT_EQ(outcome(eleventh), "code_limited");
  EXPECT_GT(*eleventh.error().retry_after, 20h);
  EXPECT_EQ(outcome(run(accounts.resend_code(visitor, address("bob@example.test"), soon()))), "ok");
}

TEST_F(Registering, R01_parallel_sends_are_one) {
  for (const char* name : {"ada@example.test", "bob@example.test", "eve@example.test"}) {
    const auto email = address(name);
    std::vector<Task<Result<CodeSent>>> tasks;
    for (int i = 0; i < 16; ++i) tasks.push_back(accounts.resend_code(visitor, email, soon()));
    const auto results = run_all(std::move(tasks));
    EXPECT_EQ(std::ranges::count_if(results, [](const auto& result) { return result.has_value(); }),
              1);
  }
}

TEST_F(Registering, R02_each_wrong_code_is_told) {
  EXPECT_EQ(outcome(verify("ada@example.test", "123456")), "code_invalid");
  EXPECT_EQ(wrong_codes, 1);
  EXPECT_EQ(count("audit_logs WHERE action = 'auth.verify_email' AND outcome = 'refused'"), 1);
}

TEST_F(Registering, R19_a_full_hasher_refuses_before_anything_is_written) {
  std::vector<PasswordHasher::Slot> slots;
  while (auto slot = shared.hasher.admit()) slots.push_back(std::move(*slot));
  const auto refused = register_as("ada@example.test");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
  EXPECT_EQ(count("code_sends"), 0);
}

TEST_F(Registering, an_operator_makes_accounts_without_a_code) {
  const auto account = customer("ada@example.test");
  EXPECT_EQ(account.role_name, "customer");
  const NewAccount twice{.name = "Eve",
                         .email = address("ada@example.test"),
                         .password = Secret(password),
                         .role = account.role};
  EXPECT_EQ(outcome(run(accounts.create(visitor, twice, soon()))), "email_taken");
  const NewAccount weak{.name = "Bob",
                        .email = address("bob@example.test"),
                        .password = Secret("password"),
                        .role = account.role};
  EXPECT_EQ(outcome(run(accounts.create(visitor, weak, soon()))), "validation_failed");
  EXPECT_EQ(count("users"), 1);
}

TEST_F(Registering, house_keeping_deletes_what_nothing_counts_any_more) {
  register_as("ada@example.test");
  customer("bob@example.test");
  log_in("bob@example.test");
  log_in("bob@example.test", "wrong");
  EXPECT_EQ(run(accounts.clean(1000, soon())), 0);
  sql("UPDATE pending_registrations SET created_at = now() - interval '25 hours';"
      "UPDATE code_sends SET sent_at = now() - interval '25 hours';"
      "UPDATE sessions SET expires_at = now() - interval '25 hours';"
      "UPDATE login_attempts SET attempted_at = now() - interval '91 days';"
      "UPDATE login_locks SET updated_at = now() - interval '3 days';"
      "UPDATE login_failures SET updated_at = now() - interval '91 days'");
  EXPECT_EQ(run(accounts.clean(1, soon())), 6);
  EXPECT_EQ(run(accounts.clean(1000, soon())), 1);  // the second login attempt
  EXPECT_EQ(count("refresh_tokens"), 0);
  EXPECT_EQ(count("login_attempts"), 0);
}

}  // namespace
}  // namespace frontdesk::accounts

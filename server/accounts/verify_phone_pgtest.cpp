#include "accounts/testing.hpp"

namespace frontdesk::accounts {
namespace {

using frontdesk::testing::sql;
using frontdesk::testing::sql_value;

class PhoneVerification : public AccountsTest {
 protected:
  static constexpr const char* number = "+493012345678";

  void SetUp() override {
    AccountsTest::SetUp();
    actor = somebody("ada@example.test");
  }

  Actor somebody(std::string_view email) {
    customer(email);
    const auto who = *authenticate(log_in(email)->tokens.access_token);
    set_phone(who, number);
    return who;
  }

  void set_phone(const Actor& who, std::optional<std::string> phone) {
    const AccountChange change{.phone = std::move(phone)};
    ASSERT_TRUE(run(accounts.update_me(who, change, {}, soon())));
  }

  Result<PhoneCodeSent> send() { return run(accounts.send_phone_code(actor, soon())); }
  Result<Account> verify(const std::string& code) {
    return run(accounts.verify_phone(actor, code, soon()));
  }
  std::string code() { return code_sent_to(number); }

  Actor actor;
};

TEST_F(PhoneVerification, R01_the_code_of_the_sms_proves_the_number_once) {
  const auto sent = send();
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->phone, number);
  EXPECT_EQ(sql_value("SELECT channel || ' ' || event FROM outbox"), "event auth.phone_code");
  const auto verified = verify(code());
  ASSERT_TRUE(verified);
  EXPECT_TRUE(verified->phone_verified);
  EXPECT_EQ(sql_value("SELECT phone_verified FROM users"), "t");
  EXPECT_EQ(outcome(verify(code())), "code_invalid");
  EXPECT_EQ(count("phone_codes"), 0);
}

TEST_F(PhoneVerification, there_must_be_a_number_that_is_not_verified_and_somebody_who_sends) {
  send();
  verify(code());
  age_sends("2 minutes");
  EXPECT_EQ(outcome(send()), "phone_verified");
  set_phone(actor, std::optional<std::string>());
  EXPECT_EQ(outcome(send()), "no_phone");

  auto without = options();
  without.sends_sms = false;
  Shared other{without};
  Accounts silent{*pool, outbox, other};
  EXPECT_EQ(outcome(run(silent.send_phone_code(actor, soon()))), "sms_unavailable");
}

TEST_F(PhoneVerification, R22_none_is_promised_that_would_not_leave) {
  sql("UPDATE settings SET max_sms_per_hour = 2");
  const auto key_of_number = outbox.sms_number_key(number).to_string();
  const auto sms_left = [&](const char* before) {
    sql("INSERT INTO sms_sends VALUES (gen_random_uuid(), '" + key_of_number +
        "', now() - interval '" + before + "')");
  };
  sms_left("61 minutes");
  sms_left("50 minutes");
  EXPECT_EQ(outcome(send()), "ok");
  age_sends("2 minutes");
  sms_left("10 minutes");
  const auto refused = send();
  ASSERT_EQ(outcome(refused), "code_limited");
  EXPECT_GT(*refused.error().retry_after, 9min);
  EXPECT_LE(*refused.error().retry_after, 10min);
  EXPECT_EQ(count("outbox"), 1);
  EXPECT_EQ(count("code_sends WHERE sent_at > now() - interval '1 minute'"), 0);
}

TEST_F(PhoneVerification, a_changed_number_is_not_verified_by_the_code_of_the_old_one) {
  send();
  const auto old = code();
  set_phone(actor, "+493012345679");
  EXPECT_EQ(outcome(verify(old)), "code_invalid");
  EXPECT_EQ(sql_value("SELECT phone_verified FROM users"), "f");
}

TEST_F(PhoneVerification, a_verified_number_that_is_changed_has_to_be_verified_again) {
  send();
  ASSERT_TRUE(verify(code()));
  set_phone(actor, "+493012345679");
  EXPECT_EQ(sql_value("SELECT phone_verified FROM users"), "f");
  age_sends("2 minutes");
  EXPECT_EQ(outcome(send()), "ok");
  EXPECT_EQ(outcome(verify(code_sent_to("+493012345679"))), "ok");
}

TEST_F(PhoneVerification, R01_a_code_has_five_guesses_and_ten_minutes) {
  send();
  const auto right = code();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(outcome(verify(another(right))), "code_invalid");
  EXPECT_EQ(outcome(verify(right)), "code_invalid");
  EXPECT_EQ(wrong_codes, 6);
  EXPECT_EQ(count("audit_logs WHERE action = 'auth.verify_phone' AND outcome = 'refused'"), 6);

  age_sends("2 minutes");
  send();
  sql("UPDATE phone_codes SET code_expires_at = clock_timestamp()");
  EXPECT_EQ(outcome(verify(code())), "code_invalid");
}

TEST_F(PhoneVerification, R22_a_number_gets_five_an_hour_whichever_account_asks) {
  EXPECT_EQ(outcome(send()), "ok");
  const auto limited = send();
  EXPECT_EQ(outcome(limited), "code_limited");
  EXPECT_GT(limited.error().retry_after, 50s);
  const auto ben = somebody("ben@example.test");
  EXPECT_EQ(outcome(run(accounts.send_phone_code(ben, soon()))), "code_limited");
  for (int i = 1; i < 5; ++i) {
    age_sends("2 minutes");
    EXPECT_EQ(outcome(i % 2 == 0 ? send() : run(accounts.send_phone_code(ben, soon()))), "ok");
  }
  age_sends("2 minutes");
  EXPECT_EQ(outcome(send()), "code_limited");
  EXPECT_EQ(count("outbox"), 5);
}

TEST_F(PhoneVerification, R22_an_account_gets_five_an_hour_whichever_number_it_has) {
  for (int i = 0; i < 5; ++i) {
    set_phone(actor, "+49301234560" + std::to_string(i));
    EXPECT_EQ(outcome(send()), "ok");
    set_phone(actor, "+49301234561" + std::to_string(i));
    EXPECT_EQ(outcome(send()), "code_limited");
    age_sends("2 minutes");
  }
  EXPECT_EQ(outcome(send()), "code_limited");
}

TEST_F(PhoneVerification, of_parallel_wishes_one_is_sent) {
  std::vector<Task<Result<PhoneCodeSent>>> tasks;
  for (int i = 0; i < 5; ++i) tasks.push_back(accounts.send_phone_code(actor, soon()));
  const auto results = run_all(std::move(tasks));
  EXPECT_EQ(std::ranges::count_if(results, [](const auto& r) { return r.has_value(); }), 1);
  EXPECT_EQ(count("outbox"), 1);
}

TEST_F(PhoneVerification, the_database_holds_neither_code_nor_a_number_in_the_audit_log) {
  send();
  EXPECT_EQ(count("phone_codes p WHERE p::text LIKE '%" + code() + "%'"), 0);
  EXPECT_EQ(count("audit_logs a WHERE a::text LIKE '%" + std::string(number).substr(1) + "%'"), 0);
}

TEST_F(PhoneVerification, codes_that_nobody_gave_back_are_forgotten) {
  send();
  run(accounts.clean(100, soon()));
  EXPECT_EQ(count("phone_codes"), 1);
  sql("UPDATE phone_codes SET code_expires_at = clock_timestamp() - interval '25 hours'");
  run(accounts.clean(100, soon()));
  EXPECT_EQ(count("phone_codes"), 0);
}

}  // namespace
}  // namespace frontdesk::accounts

#include "accounts/testing.hpp"

namespace frontdesk::accounts {
namespace {

using frontdesk::testing::sql;
using frontdesk::testing::sql_value;

constexpr const char* email = "ada@example.test";
constexpr const char* new_password = "a better passphrase";

/// Pushes go to devices whose login has run out (migrations/0020), until their owner ends that.
class ForgottenDevices : public AccountsTest {
 protected:
  void SetUp() override {
    AccountsTest::SetUp();
    const auto ada = customer(email).id;
    const auto bob = customer("bob@example.test").id;
    actor = *authenticate(log_in(email)->tokens.access_token);
    actor.address = "192.0.2.1";
    const auto elsewhere = *authenticate(log_in(email)->tokens.access_token);
    add_device("here", ada, "'" + actor.session->to_string() + "'");
    add_device("elsewhere", ada, "'" + elsewhere.session->to_string() + "'");
    add_device("lost", ada, "NULL");
    add_device("theirs", bob, "NULL");
  }

  static void add_device(const std::string& name, const UserId& owner, const std::string& session) {
    sql(
        fmt::format("INSERT INTO devices (id, user_id, session_id, platform, channel, target, "
                    "target_key) VALUES ('{}', '{}', {}, 'ios', 'fcm', '{}', '{}')",
                    Uuid::generate().to_string(), owner.to_string(), session, name,
                    Uuid::generate().to_string()));
  }
  static std::string devices() {
    return sql_value(
        "SELECT coalesce(string_agg(convert_from(target, 'UTF8'), ' ' ORDER BY target), '') "
        "FROM devices");
  }

  Actor actor;
};

TEST_F(ForgottenDevices, R12_by_a_logout_everywhere) {
  ASSERT_EQ(outcome(run(accounts.log_out_everywhere(actor, soon()))), "ok");
  EXPECT_EQ(devices(), "theirs");
}

TEST_F(ForgottenDevices, R09_by_another_password) {
  const PasswordChange wish{.current = Secret(password), .wanted = Secret(new_password)};
  ASSERT_EQ(outcome(run(accounts.change_password(actor, wish, soon()))), "ok");
  EXPECT_EQ(devices(), "here theirs");
}

TEST_F(ForgottenDevices, R09_by_a_password_that_is_reset) {
  ASSERT_EQ(outcome(run(accounts.forgot_password(visitor, address(email), soon()))), "ok");
  const PasswordReset wish{.email = address(email),
                           .code = code_sent_to(email),
                           .token = {},
                           .password = Secret(new_password)};
  ASSERT_EQ(outcome(run(accounts.reset_password(visitor, wish, soon()))), "ok");
  EXPECT_EQ(devices(), "theirs");
}

TEST_F(ForgottenDevices, R09_by_another_address) {
  const EmailChange wish{.email = address("ada@new.example.test"),
                         .current_password = Secret(password)};
  ASSERT_EQ(outcome(run(accounts.change_email(actor, wish, soon()))), "ok");
  const auto code = code_sent_to("ada@new.example.test");
  ASSERT_EQ(outcome(run(accounts.verify_email_change(actor, code, soon()))), "ok");
  EXPECT_EQ(devices(), "here theirs");
}

TEST_F(ForgottenDevices, not_by_a_logout_of_another_device) {
  ASSERT_EQ(outcome(run(accounts.log_out(actor, std::nullopt, soon()))), "ok");
  EXPECT_EQ(devices(), "elsewhere lost theirs");
}

TEST_F(ForgottenDevices, not_by_a_login_that_has_run_out) {
  sql("UPDATE sessions SET expires_at = now() - interval '2 days'");
  run(accounts.clean(100, soon()));
  ASSERT_EQ(count("sessions"), 0);
  EXPECT_EQ(devices(), "elsewhere here lost theirs");
  const auto again = *authenticate(log_in(email)->tokens.access_token);
  ASSERT_EQ(outcome(run(accounts.log_out_everywhere(again, soon()))), "ok");
  EXPECT_EQ(devices(), "theirs");
}

}  // namespace
}  // namespace frontdesk::accounts

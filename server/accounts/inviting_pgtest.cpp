#include "access/access.hpp"
#include "accounts/testing.hpp"

#include <algorithm>

namespace frontdesk::accounts {
namespace {

using access::SystemRole;
using frontdesk::testing::sql;
using frontdesk::testing::sql_value;

constexpr const char* email = "bob@example.test";
constexpr const char* chosen = "a passphrase of my own";

class Inviting : public AccountsTest {
 protected:
  void SetUp() override {
    AccountsTest::SetUp();
    admin = from("192.0.2.9");
    admin.user = customer("ada@example.test").id;
    admin.permissions = access::permissions_of(SystemRole::admin);
  }

  Result<Account> invite(SystemRole role = SystemRole::staff,
                         std::optional<std::string> locale = {}, std::string_view to = email) {
    const Invitation invitation{.name = "Bob Example",
                                .email = address(to),
                                .role = access::id_of(role),
                                .locale = std::move(locale)};
    return run(accounts.invite(admin, invitation, soon()));
  }

  /// The token of the newest invitation.
  std::string token() {
    static constexpr std::string_view before = "https://book.example.test/reset-password#token=";
    const auto link = last_fact(email, "invitation_link");
    return link.starts_with(before) ? link.substr(before.size()) : "";
  }

  Result<void> accept(const std::string& with, std::string_view wanted = chosen) {
    const PasswordReset reset{
        .email = {}, .code = {}, .token = Secret(with), .password = Secret(wanted)};
    return run(accounts.reset_password(visitor, reset, soon()));
  }

  Result<CodeSent> forgot() {
    return run(accounts.forgot_password(visitor, address(email), soon()));
  }

  static std::string status() {
    return sql_value(
        std::string("SELECT status || ' ' || email_verified FROM users WHERE email = '") + email +
        "'");
  }

  Actor admin;
};

TEST_F(Inviting, the_link_of_the_mail_makes_a_login_with_the_role) {
  const auto invited = invite();
  ASSERT_EQ(outcome(invited), "ok");
  EXPECT_EQ(invited->status, "invited");
  EXPECT_FALSE(invited->email_verified);
  EXPECT_EQ(invited->role_name, "staff");
  EXPECT_EQ(last_fact(email, "inviter"), "Ada Example");
  ASSERT_EQ(token().size(), 22U);
  ASSERT_EQ(outcome(accept(token())), "ok");
  EXPECT_EQ(status(), "active true");
  EXPECT_EQ(events(email).back().event, "auth.welcome");
  const auto logged_in = log_in(email, chosen);
  ASSERT_EQ(outcome(logged_in), "ok");
  EXPECT_EQ(logged_in->account.id, invited->id);
  EXPECT_EQ(logged_in->account.role_name, "staff");
  EXPECT_EQ(count("audit_logs WHERE action = 'user.invite' AND actor_id = '" +
                  admin.user->to_string() + "' AND subject_id = '" + invited->id.to_string() + "'"),
            1);
  EXPECT_EQ(count("audit_logs WHERE action = 'auth.accept_invitation' AND actor_id = subject_id"),
            1);
}

TEST_F(Inviting, R08_the_link_works_once_and_for_a_week) {
  invite();
  const auto first = token();
  EXPECT_EQ(count("password_resets WHERE code_hmac IS NULL AND token_expires_at - "
                  "clock_timestamp() BETWEEN interval '167 hours' AND interval '168 hours'"),
            1);
  sql("UPDATE password_resets SET token_expires_at = clock_timestamp() - interval '1 ms'");
  EXPECT_EQ(outcome(accept(first)), "code_invalid");
  EXPECT_EQ(status(), "invited false");
  sql("UPDATE password_resets SET token_expires_at = clock_timestamp() + interval '1 minute'");
  EXPECT_EQ(outcome(accept(first, "password")), "validation_failed") << "R06";
  EXPECT_EQ(outcome(accept(first)), "ok");
  EXPECT_EQ(outcome(accept(first)), "code_invalid");
}

TEST_F(Inviting, who_asks_for_a_new_password_gets_the_invitation_again) {
  invite();
  const auto first = token();
  ASSERT_EQ(outcome(forgot()), "ok");
  const auto second = token();
  EXPECT_NE(second, first);
  EXPECT_EQ(last_fact(email, "inviter"), "") << "nobody has invited them just now";
  EXPECT_EQ(last_fact(email, "code"), "");
  EXPECT_EQ(outcome(forgot()), "code_limited") << "R01";
  EXPECT_EQ(outcome(accept(second)), "ok");
  EXPECT_EQ(outcome(accept(first)), "code_invalid");
}

TEST_F(Inviting, an_invited_login_opens_nothing) {
  invite();
  EXPECT_EQ(outcome(log_in(email, "")), "invalid_credentials");
  EXPECT_EQ(outcome(log_in(email, password)), "invalid_credentials");
  const auto cost = [](std::string_view of) {
    return sql_value("SELECT substr(password_hash, 1, 7) FROM users WHERE email = '" +
                     std::string(of) + "'");
  };
  EXPECT_EQ(cost(email), cost("ada@example.test")) << "R05: it takes as long as any";
}

TEST_F(Inviting, R04_whoever_registers_the_address_meanwhile_is_told_of_the_login_and_gets_none) {
  register_as(email);
  const auto code = code_sent_to(email);
  ASSERT_EQ(outcome(invite()), "ok");
  EXPECT_EQ(outcome(verify(email, code)), "code_invalid");
  age_sends("2 minutes");
  ASSERT_EQ(outcome(register_as(email)), "ok");
  EXPECT_EQ(events(email).back().event, "auth.known_address");
  EXPECT_EQ(status(), "invited false");
}

TEST_F(Inviting, R17_nobody_gives_a_role_that_may_do_what_they_may_not) {
  admin.permissions = access::permissions_of(SystemRole::manager);
  admin.permissions.insert(Permission::users_manage);
  EXPECT_EQ(outcome(invite(SystemRole::admin)), "forbidden");
  EXPECT_EQ(count("users WHERE email = 'bob@example.test'"), 0);
  EXPECT_EQ(count("audit_logs WHERE action = 'user.invite' AND outcome = 'refused'"), 1);
  EXPECT_EQ(outcome(invite(SystemRole::manager)), "ok");
}

TEST_F(Inviting, an_address_that_has_a_login_and_a_role_that_is_none_are_refused) {
  EXPECT_EQ(outcome(invite(SystemRole::staff, {}, "ada@example.test")), "email_taken");
  const Invitation nowhere{
      .name = "Eve", .email = address("eve@example.test"), .role = RoleId::generate()};
  const auto refused = run(accounts.invite(admin, nowhere, soon()));
  ASSERT_EQ(outcome(refused), "validation_failed");
  EXPECT_EQ(refused.error().fields.at(0).field, "role_id");
  EXPECT_EQ(count("outbox"), 0);
}

TEST_F(Inviting, who_is_invited_again_has_the_later_role_and_the_later_link) {
  const auto first = invite(SystemRole::admin);
  const auto first_token = token();
  const auto second = invite(SystemRole::customer, "de");
  ASSERT_EQ(outcome(second), "ok");
  EXPECT_EQ(second->id, first->id);
  EXPECT_EQ(second->role_name, "customer");
  EXPECT_EQ(second->locale, "de");
  EXPECT_EQ(second->version, first->version + 1);
  EXPECT_EQ(outcome(accept(first_token)), "code_invalid");
  ASSERT_EQ(outcome(accept(token())), "ok");
  EXPECT_EQ(log_in(email, chosen)->account.role_name, "customer");
  EXPECT_EQ(outcome(invite()), "email_taken") << "it is a login like any other now";
}

TEST_F(Inviting, R17_nobody_takes_an_invitation_back_that_they_could_not_make) {
  invite(SystemRole::admin);
  const auto link = token();
  admin.permissions = access::permissions_of(SystemRole::manager);
  EXPECT_EQ(outcome(invite(SystemRole::customer)), "forbidden");
  EXPECT_EQ(count("audit_logs WHERE action = 'user.invite' AND outcome = 'refused'"), 1);
  EXPECT_EQ(outcome(accept(link)), "ok");
  EXPECT_EQ(log_in(email, chosen)->account.role_name, "admin");
}

TEST_F(Inviting, it_ends_with_its_week_whoever_asks_for_it_again) {
  invite();
  sql("UPDATE password_resets SET token_expires_at = clock_timestamp() + interval '25 hours'");
  ASSERT_EQ(outcome(forgot()), "ok");
  EXPECT_EQ(boost::json::parse(events(email).back().text).at("days").to_number<int>(), 2);
  EXPECT_EQ(
      count("password_resets WHERE token_expires_at > clock_timestamp() + interval '25 hours'"), 0);
  sql("UPDATE password_resets SET token_expires_at = clock_timestamp() - interval '1 ms'");
  age_sends("2 minutes");
  ASSERT_EQ(outcome(forgot()), "ok") << "R05";
  EXPECT_EQ(events(email).size(), 2U) << "and no mail";
  ASSERT_EQ(outcome(invite()), "ok");
  EXPECT_EQ(outcome(accept(token())), "ok");
}

TEST_F(Inviting, R01_no_code_opens_it) {
  invite();
  forgot();
  const PasswordReset reset{.email = address(email),
                            .code = std::string("123456"),
                            .token = {},
                            .password = Secret(chosen)};
  EXPECT_EQ(outcome(run(accounts.reset_password(visitor, reset, soon()))), "code_invalid");
  EXPECT_EQ(count("password_resets WHERE code_hmac IS NOT NULL"), 0);
}

TEST_F(Inviting, of_many_invitations_at_once_there_is_one_login) {
  const Invitation invitation{
      .name = "Bob Example", .email = address(email), .role = access::id_of(SystemRole::staff)};
  std::vector<Task<Result<Account>>> tasks;
  for (int i = 0; i < 5; ++i) tasks.push_back(accounts.invite(admin, invitation, soon()));
  for (const auto& result : run_all(std::move(tasks))) {
    EXPECT_THAT(outcome(result), ::testing::AnyOf("ok", "email_taken"));
  }
  EXPECT_EQ(count("users WHERE email = 'bob@example.test'"), 1);
  EXPECT_EQ(count("password_resets"), 1) << "the link of the last one is good";
  EXPECT_EQ(outcome(accept(token())), "ok");
}

TEST_F(Inviting, R73_the_audit_log_says_which_role) {
  invite(SystemRole::staff);
  EXPECT_EQ(sql_value("SELECT details ->> 'role_id' FROM audit_logs WHERE action = 'user.invite'"),
            access::id_of(SystemRole::staff).to_string());
}

TEST_F(Inviting, a_login_that_is_disabled_meanwhile_stays_so) {
  invite();
  sql(std::string("UPDATE users SET status = 'disabled' WHERE email = '") + email + "'");
  EXPECT_EQ(outcome(accept(token())), "code_invalid");
  EXPECT_EQ(outcome(forgot()), "ok");
  EXPECT_EQ(status(), "disabled false");
}

TEST_F(Inviting, the_mail_is_in_the_language_that_is_named_or_the_businesss) {
  sql("UPDATE settings SET locale = 'fr'");
  EXPECT_EQ(invite()->locale, "fr");
  EXPECT_EQ(last_fact(email, "locale"), "fr");
  EXPECT_EQ(invite(SystemRole::staff, "ar", "eve@example.test")->locale, "ar");
  EXPECT_EQ(last_fact("eve@example.test", "locale"), "ar");
}

TEST_F(Inviting, of_many_with_one_link_one_chooses_the_password) {
  invite();
  const PasswordReset reset{
      .email = {}, .code = {}, .token = Secret(token()), .password = Secret(chosen)};
  std::vector<Task<Result<void>>> tasks;
  for (int i = 0; i < 6; ++i) tasks.push_back(accounts.reset_password(visitor, reset, soon()));
  const auto results = run_all(std::move(tasks));
  EXPECT_EQ(std::ranges::count_if(results, [](const auto& r) { return r.has_value(); }), 1);
  EXPECT_EQ(count("outbox WHERE event = 'auth.welcome'"), 1);
}

}  // namespace
}  // namespace frontdesk::accounts

#include "accounts/testing.hpp"

namespace frontdesk::accounts {
namespace {

using frontdesk::testing::sql;
using frontdesk::testing::sql_value;

class Me : public AccountsTest {
 protected:
  void SetUp() override {
    AccountsTest::SetUp();
    account = customer("ada@example.test");
    actor = *authenticate(log_in("ada@example.test")->tokens.access_token);
  }

  Result<Account> update(const AccountChange& change, std::optional<std::int64_t> version = {}) {
    return run(accounts.update_me(actor, change, version, soon()));
  }

  Account account;
  Actor actor;
};

TEST_F(Me, a_change_is_what_is_read_from_then_on) {
  const auto updated = update({.name = "Ada B. Example",
                               .phone = "+493012345678",
                               .locale = "de-DE",
                               .timezone = "Europe/Berlin"});
  ASSERT_TRUE(updated);
  EXPECT_EQ(updated->version, account.version + 1);
  EXPECT_GT(updated->updated_at, account.updated_at);
  const auto read = run(accounts.me(actor, soon()));
  EXPECT_EQ(read->name, "Ada B. Example");
  EXPECT_EQ(read->phone, "+493012345678");
  EXPECT_FALSE(read->phone_verified);
  EXPECT_EQ(read->locale, "de-DE");
  EXPECT_EQ(read->timezone, "Europe/Berlin");
  EXPECT_EQ(read->version, updated->version);
  EXPECT_EQ(read->updated_at, updated->updated_at);
  EXPECT_EQ(read->email, "ada@example.test");
}

TEST_F(Me, a_phone_number_is_verified_until_it_changes) {
  update({.phone = "+493012345678"});
  sql("UPDATE users SET phone_verified = true");
  EXPECT_TRUE(update({.name = "Ada", .phone = "+493012345678"})->phone_verified);
  EXPECT_FALSE(update({.phone = "+493012345679"})->phone_verified);
  sql("UPDATE users SET phone_verified = true");
  const auto without = update({.phone = std::optional<std::string>()});
  EXPECT_FALSE(without->phone || without->phone_verified);
  EXPECT_EQ(sql_value("SELECT phone_verified FROM users"), "f");
}

TEST_F(Me, what_changes_nothing_keeps_the_version_and_leaves_no_entry) {
  const auto same = update({.name = account.name});
  ASSERT_TRUE(same);
  EXPECT_EQ(same->version, account.version);
  EXPECT_EQ(count("audit_logs WHERE action = 'user.update'"), 0);
}

TEST_F(Me, If_Match_refuses_a_stale_version_with_412) {
  EXPECT_EQ(outcome(update({.name = "Ada"}, account.version + 1)), "stale");
  EXPECT_EQ(outcome(update({.name = "Ada"}, account.version)), "ok");
  EXPECT_EQ(outcome(update({.name = "Bob"}, account.version)), "stale");
  EXPECT_EQ(run(accounts.me(actor, soon()))->name, "Ada");
}

TEST_F(Me, parallel_changes_with_one_version_are_one) {
  const AccountChange change{.name = "Ada B. Example"};
  std::vector<Task<Result<Account>>> tasks;
  for (int i = 0; i < 6; ++i) {
    tasks.push_back(accounts.update_me(actor, change, account.version, soon()));
  }
  const auto results = run_all(std::move(tasks));
  EXPECT_EQ(std::ranges::count_if(results, [](const auto& r) { return outcome(r) == "ok"; }), 1);
  EXPECT_EQ(std::ranges::count_if(results, [](const auto& r) { return outcome(r) == "stale"; }), 5);
}

TEST_F(Me, R73_the_audit_log_names_the_fields_and_not_what_they_held) {
  update({.name = "Ada Secret", .phone = "+493012345678"});
  EXPECT_EQ(sql_value("SELECT details->>'fields' FROM audit_logs WHERE action = 'user.update'"),
            R"(["name", "phone"])");
  EXPECT_EQ(count("audit_logs a WHERE a::text LIKE '%Secret%' OR a::text LIKE '%+4930%'"), 0);
  EXPECT_EQ(sql_value("SELECT actor_id = subject_id FROM audit_logs WHERE action = 'user.update'"),
            "t");
}

TEST_F(Me, an_account_that_is_gone_is_not_found) {
  sql("DELETE FROM users");
  EXPECT_EQ(outcome(update({.name = "Ada"})), "not_found");
}

}  // namespace
}  // namespace frontdesk::accounts

#include "accounts/bearer_wire.hpp"
#include "accounts/testing.hpp"

namespace frontdesk::accounts {
namespace {

using frontdesk::testing::sql;
using frontdesk::testing::sql_value;

class Sessions : public AccountsTest {
 protected:
  void SetUp() override {
    AccountsTest::SetUp();
    user = customer("ada@example.test").id;
    tokens = log_in("ada@example.test")->tokens;
  }

  bool lets_in(const std::string& access_token) { return authenticate(access_token).has_value(); }

  // Another server on the same database, with a cache of its own.
  Shared elsewhere{options()};
  SessionCheck check_elsewhere{*pool, elsewhere};
  bool lets_in_elsewhere(const std::string& access_token) {
    return run(check_elsewhere.authenticate(access_token, soon())).has_value();
  }

  UserId user;
  TokenPair tokens;
};

TEST_F(Sessions, R13_a_refresh_token_is_swapped_for_a_new_pair) {
  const auto pair = refresh(tokens.refresh_token);
  ASSERT_TRUE(pair);
  EXPECT_NE(pair->refresh_token, tokens.refresh_token);
  EXPECT_TRUE(lets_in(pair->access_token));
  EXPECT_TRUE(lets_in(tokens.access_token));
  EXPECT_TRUE(refresh(pair->refresh_token));
}

TEST_F(Sessions, R13_the_family_ends_thirty_days_after_its_login_however_often_it_is_renewed) {
  sql("UPDATE sessions SET expires_at = expires_at - interval '29 days'");
  const auto pair = refresh(tokens.refresh_token);
  ASSERT_TRUE(pair);
  EXPECT_LE(pair->refresh_lifetime, 24h);
  EXPECT_GT(pair->refresh_lifetime, 23h);
  EXPECT_EQ(pair->access_lifetime, pair->refresh_lifetime);
  sql("UPDATE sessions SET expires_at = clock_timestamp()");
  EXPECT_EQ(outcome(refresh(pair->refresh_token)), "token_invalid");
  EXPECT_FALSE(lets_in_elsewhere(pair->access_token));
}

TEST_F(Sessions, R13_a_spent_token_ends_the_family_and_tells_the_owner) {
  const auto pair = refresh(tokens.refresh_token);
  EXPECT_TRUE(lets_in(pair->access_token));
  const auto reused = refresh(tokens.refresh_token);
  ASSERT_EQ(outcome(reused), "token_reused");
  EXPECT_EQ(reused.error().kind, ErrorKind::unauthenticated);
  EXPECT_FALSE(lets_in(pair->access_token));
  EXPECT_FALSE(lets_in(tokens.access_token));
  EXPECT_EQ(outcome(refresh(pair->refresh_token)), "token_invalid");
  EXPECT_EQ(outcome(refresh(tokens.refresh_token)), "token_reused");
  const auto sent = events("ada@example.test");
  ASSERT_EQ(sent.size(), 1U);  // once, however often it comes back
  EXPECT_EQ(sent[0].event, "auth.token_reused");
  EXPECT_EQ(count("audit_logs WHERE action = 'auth.token_reused' AND actor_id = '" +
                  user.to_string() + "'"),
            1);
}

TEST_F(Sessions, R13_other_sessions_outlive_a_reuse) {
  const auto other = log_in("ada@example.test")->tokens;
  refresh(tokens.refresh_token);
  refresh(tokens.refresh_token);
  EXPECT_TRUE(lets_in(other.access_token));
  EXPECT_TRUE(refresh(other.refresh_token));
}

TEST_F(Sessions, R13_of_parallel_refreshes_one_wins_and_the_rest_end_the_family) {
  const Secret token(tokens.refresh_token);
  std::vector<Task<Result<TokenPair>>> tasks;
  for (int i = 0; i < 8; ++i) tasks.push_back(accounts.refresh(visitor, token, soon()));
  const auto results = run_all(std::move(tasks));
  EXPECT_EQ(std::ranges::count_if(results, [](const auto& r) { return outcome(r) == "ok"; }), 1);
  EXPECT_EQ(
      std::ranges::count_if(results, [](const auto& r) { return outcome(r) == "token_reused"; }),
      7);
  EXPECT_EQ(events("ada@example.test").size(), 1U);
  EXPECT_FALSE(lets_in(tokens.access_token));
}

TEST_F(Sessions, unknown_tokens_and_disabled_accounts_are_refused) {
  EXPECT_EQ(outcome(refresh("")), "token_invalid");
  EXPECT_EQ(outcome(refresh(tokens.access_token)), "token_invalid");
  EXPECT_EQ(outcome(refresh(std::string(512, 'x'))), "token_invalid");
  sql("UPDATE users SET status = 'disabled'");
  EXPECT_EQ(outcome(refresh(tokens.refresh_token)), "token_invalid");
  EXPECT_EQ(sql_value("SELECT count(*) FROM refresh_tokens WHERE used_at IS NOT NULL"), "0");
}

TEST_F(Sessions, R12_logout_works_at_once_here_and_without_a_cache_elsewhere) {
  const auto actor = authenticate(tokens.access_token);
  ASSERT_TRUE(run(accounts.log_out(*actor, std::nullopt, soon())));
  EXPECT_FALSE(lets_in(tokens.access_token));
  EXPECT_FALSE(lets_in_elsewhere(tokens.access_token));
  EXPECT_EQ(outcome(refresh(tokens.refresh_token)), "token_invalid");
}

TEST_F(Sessions, logout_ends_the_session_of_a_refresh_token_too_if_it_is_ones_own) {
  const auto mine = log_in("ada@example.test")->tokens;
  customer("bob@example.test");
  const auto theirs = log_in("bob@example.test")->tokens;
  const auto actor = authenticate(tokens.access_token);
  ASSERT_TRUE(run(accounts.log_out(*actor, Secret(theirs.refresh_token), soon())));
  EXPECT_TRUE(lets_in(theirs.access_token));
  EXPECT_TRUE(lets_in(mine.access_token));
  ASSERT_TRUE(run(accounts.log_out(*actor, Secret(mine.refresh_token), soon())));
  EXPECT_FALSE(lets_in(mine.access_token));
  EXPECT_TRUE(lets_in(theirs.access_token));
}

TEST_F(Sessions, logout_everywhere_ends_every_session_of_the_account) {
  const auto other = log_in("ada@example.test")->tokens;
  customer("bob@example.test");
  const auto theirs = log_in("bob@example.test")->tokens;
  EXPECT_TRUE(lets_in(other.access_token));
  const auto actor = authenticate(tokens.access_token);
  ASSERT_TRUE(run(accounts.log_out_everywhere(*actor, soon())));
  EXPECT_FALSE(lets_in(tokens.access_token));
  EXPECT_FALSE(lets_in(other.access_token));
  EXPECT_TRUE(lets_in(theirs.access_token));
}

TEST_F(Sessions, are_listed_with_the_newest_login_first) {
  const Credentials phone{
      .email = address("ada@example.test"), .password = Secret(password), .device_name = "phone"};
  const Actor elsewhere_actor = from("2001:db8::7");
  ASSERT_TRUE(run(accounts.log_in(elsewhere_actor, phone, soon())));
  customer("bob@example.test");
  log_in("bob@example.test");
  const auto actor = authenticate(tokens.access_token);
  const auto page =
      run(accounts.sessions(*actor, {.limit = 20, .after = {}, .with_total = true}, soon()));
  ASSERT_EQ(page.items.size(), 2U);
  EXPECT_EQ(page.total, 2);
  EXPECT_FALSE(page.more);
  EXPECT_EQ(page.items[0].device_name, "phone");
  EXPECT_EQ(page.items[0].address, "2001:db8::7");
  EXPECT_FALSE(page.items[0].current);
  EXPECT_TRUE(page.items[1].current);
  EXPECT_EQ(page.items[1].id, actor->session);
  EXPECT_EQ(page.items[1].device_name, std::nullopt);
  EXPECT_EQ(
      std::chrono::round<std::chrono::minutes>(page.items[1].expires_at - page.items[1].created_at),
      720h);
}

TEST_F(Sessions, are_listed_in_pages_that_miss_none) {
  for (int i = 0; i < 4; ++i) log_in("ada@example.test");
  sql("UPDATE sessions SET created_at = '2026-03-02T09:00:00Z'");  // the id decides
  const auto actor = authenticate(tokens.access_token);
  std::vector<SessionId> seen;
  PageRequest<SessionKey> request{.limit = 2, .after = {}};
  for (int pages = 0; pages < 5; ++pages) {
    const auto page = run(accounts.sessions(*actor, request, soon()));
    for (const auto& session : page.items) seen.push_back(session.id);
    if (!page.more) break;
    request.after = SessionKey{page.items.back().created_at, page.items.back().id};
  }
  ASSERT_EQ(seen.size(), 5U);
  EXPECT_TRUE(std::ranges::is_sorted(
      seen, [](const auto& a, const auto& b) { return a.to_string() > b.to_string(); }));
  EXPECT_EQ(std::ranges::adjacent_find(seen), seen.end());
}

TEST_F(Sessions, that_have_ended_are_not_listed) {
  log_in("ada@example.test");
  const auto actor = authenticate(log_in("ada@example.test")->tokens.access_token);
  sql("UPDATE sessions SET revoked_at = now() WHERE id = (SELECT min(id::text)::uuid FROM "
      "sessions)");
  EXPECT_EQ(run(accounts.sessions(*actor, {}, soon())).items.size(), 2U);
  sql("UPDATE sessions SET expires_at = now() WHERE id <> '" + actor->session->to_string() + "'");
  EXPECT_EQ(
      run(accounts.sessions(*actor, {.limit = 20, .after = {}, .with_total = true}, soon())).total,
      1);
}

TEST_F(Sessions, R12_one_of_them_is_ended_everywhere_and_the_others_live_on) {
  const auto other = log_in("ada@example.test")->tokens;
  const auto ended = authenticate(other.access_token)->session;
  const auto actor = authenticate(tokens.access_token);
  ASSERT_TRUE(run(accounts.end_session(*actor, *ended, soon())));
  EXPECT_FALSE(lets_in(other.access_token));
  EXPECT_FALSE(lets_in_elsewhere(other.access_token));
  EXPECT_EQ(outcome(refresh(other.refresh_token)), "token_invalid");
  EXPECT_TRUE(lets_in(tokens.access_token));
  EXPECT_EQ(outcome(run(accounts.end_session(*actor, *ended, soon()))), "not_found");
  EXPECT_EQ(count("audit_logs WHERE action = 'auth.session_end' AND subject_id = '" +
                  ended->to_string() + "' AND actor_id = '" + user.to_string() + "'"),
            1);
  ASSERT_TRUE(run(accounts.end_session(*actor, *actor->session, soon())));
  EXPECT_FALSE(lets_in(tokens.access_token));
}

TEST_F(Sessions, R16_somebody_elses_is_not_found_and_lives_on) {
  customer("bob@example.test");
  const auto theirs = log_in("bob@example.test")->tokens;
  const auto session = authenticate(theirs.access_token)->session;
  const auto actor = authenticate(tokens.access_token);
  EXPECT_EQ(outcome(run(accounts.end_session(*actor, *session, soon()))), "not_found");
  EXPECT_TRUE(lets_in(theirs.access_token));
  EXPECT_TRUE(lets_in_elsewhere(theirs.access_token));
}

TEST_F(Sessions, R12_an_answer_of_the_cache_saves_the_question) {
  EXPECT_TRUE(lets_in(tokens.access_token));
  sql("UPDATE sessions SET revoked_at = now()");
  EXPECT_TRUE(lets_in(tokens.access_token));  // known here for up to four seconds
  EXPECT_FALSE(lets_in_elsewhere(tokens.access_token));
}

TEST_F(Sessions, R12_disabling_and_role_changes_hold_on_a_miss) {
  sql("UPDATE users SET role_id = '00000000-0000-7000-8000-000000000001'");
  EXPECT_TRUE(authenticate(tokens.access_token)->may(Permission::audit_read));
  sql("UPDATE users SET status = 'disabled'");
  EXPECT_FALSE(lets_in_elsewhere(tokens.access_token));
}

TEST_F(Sessions, R12_never_fails_open) {
  auto absent = frontdesk::testing::make_pool({.url = "host=/nonexistent dbname=none"});
  SessionCheck blind(*absent, elsewhere);
  EXPECT_THROW(run(blind.authenticate(tokens.access_token, deadline_in(2s))), Fault);
}

TEST_F(Sessions, R11_a_token_for_the_session_of_another_is_refused) {
  const auto stranger = customer("bob@example.test").id;
  const auto session = authenticate(tokens.access_token)->session;
  const Instant now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto mixed = shared.tokens.sign({stranger, *session, Uuid::generate(), now, now + 1h});
  EXPECT_FALSE(lets_in(mixed));
  const auto unknown =
      shared.tokens.sign({user, SessionId::generate(), Uuid::generate(), now, now + 1h});
  EXPECT_FALSE(lets_in(unknown));
  EXPECT_FALSE(lets_in(unknown));  // from the cache
  EXPECT_EQ(outcome(authenticate("")), "unauthenticated");
}

TEST_F(Sessions, R73_a_denial_is_in_the_audit_log) {
  BearerAuthenticator authenticator(check);
  auto actor = *run(authenticator.authenticate(tokens.access_token, soon()));
  actor.address = "192.0.2.1";
  run(authenticator.note_denial(actor, "listUsers"));
  EXPECT_EQ(
      sql_value(
          "SELECT actor_id || ' ' || outcome || ' ' || (details->>'operation') FROM audit_logs "
          "WHERE action = 'access.denied'"),
      user.to_string() + " refused listUsers");
}

}  // namespace
}  // namespace frontdesk::accounts

#include "notifications/inbox_store.hpp"
#include "notifications/own_notifications.hpp"
#include "notifications/recipient.hpp"
#include "notifications/statements.hpp"
#include "support/database.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::notifications {
namespace {

using namespace std::chrono_literals;
using frontdesk::testing::run;
using frontdesk::testing::sql;
using frontdesk::testing::sql_count;
using frontdesk::testing::sql_value;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr QuietHours night{22h, 7h};

Deadline soon() {
  return deadline_in(20s);
}

class OwnNotificationsPg : public ::testing::Test {
 protected:
  void SetUp() override {
    frontdesk::testing::reset();
    actor = somebody("ada");
  }

  static Actor somebody(const std::string& name) {
    const auto id = UserId::generate();
    sql("INSERT INTO users (id, role_id, name, email, password_hash, phone) VALUES ('" +
        id.to_string() + "', '00000000-0000-7000-8000-000000000004', '" + name + "', '" + name +
        "@example.test', 'x', '+493012345678')");
    return {.user = id, .session = {}, .permissions = {}, .address = "", .request_id = "test"};
  }

  Result<OwnPreferences> replace(const Preferences& chosen,
                                 std::optional<std::int64_t> version = {}) {
    return run(own.replace_preferences(actor, chosen, version, soon()));
  }

  std::optional<Recipient> recipient(Group group) {
    auto lease = run(pool->acquire(soon()));
    return run(find_recipient(*lease, *actor.user, group));
  }

  Uuid add(const Actor& to, const std::string& title, Uuid id = Uuid::generate()) {
    auto lease = run(pool->acquire(soon()));
    db::Batch batch;
    add_to_inbox(batch, id, *to.user, "appointment.booked", title, "A text", AppointmentId());
    run(lease->execute_batch(std::move(batch)));
    return id;
  }

  std::vector<std::string> titles(const Actor& of, bool unread_only = false) {
    std::vector<std::string> found;
    for (const auto& item : run(own.inbox(of, unread_only, {}, soon())).page.items) {
      found.push_back(item.title);
    }
    return found;
  }

  std::unique_ptr<db::Pool> pool = frontdesk::testing::make_pool();
  OwnNotifications own{*pool};
  Actor actor;
};

Preferences with_choices() {
  Preferences chosen;
  chosen.set(Group::bookings, Channel::sms, true);
  chosen.set(Group::follow_up, Channel::email, false);
  chosen.quiet = night;
  return chosen;
}

TEST_F(OwnNotificationsPg, every_statement_can_be_run) {
  frontdesk::testing::prepare_all(sql::all);
}

TEST_F(OwnNotificationsPg, who_never_chose_has_the_defaults) {
  const auto found = run(own.preferences(actor, soon()));
  EXPECT_EQ(found.chosen, Preferences());
  EXPECT_EQ(found.version, 1);
  EXPECT_EQ(found.timezone, "Europe/Berlin");
}

TEST_F(OwnNotificationsPg, what_is_chosen_is_read_back_and_only_deviations_are_stored) {
  const auto changed = replace(with_choices());
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->version, 2);
  EXPECT_EQ(run(own.preferences(actor, soon())).chosen, with_choices());
  EXPECT_EQ(sql_count("SELECT count(*) FROM notification_preferences"), 2);
  EXPECT_EQ(sql_value("SELECT details->>'fields' FROM audit_logs"), R"(["groups", "quiet_hours"])");

  EXPECT_EQ(replace(Preferences())->version, 3);
  EXPECT_EQ(sql_count("SELECT count(*) FROM notification_preferences"), 0);
  EXPECT_EQ(run(own.preferences(actor, soon())).chosen, Preferences());
}

TEST_F(OwnNotificationsPg, what_changes_nothing_keeps_the_version_and_leaves_no_entry) {
  EXPECT_EQ(replace(Preferences())->version, 1);
  replace(with_choices());
  EXPECT_EQ(replace(with_choices())->version, 2);
  EXPECT_EQ(sql_count("SELECT count(*) FROM audit_logs"), 1);
}

TEST_F(OwnNotificationsPg, If_Match_refuses_a_stale_version) {
  EXPECT_TRUE(replace(with_choices(), 1));
  const auto stale = replace(Preferences(), 1);
  ASSERT_FALSE(stale);
  EXPECT_EQ(stale.error().code, "stale");
  EXPECT_EQ(run(own.preferences(actor, soon())).chosen, with_choices());
}

TEST_F(OwnNotificationsPg, an_account_that_is_gone_is_not_found) {
  sql("DELETE FROM users");
  EXPECT_EQ(replace(with_choices()).error().code, "not_found");
}

TEST_F(OwnNotificationsPg, a_recipient_has_what_they_chose_of_the_group) {
  replace(with_choices());
  const auto bookings = recipient(Group::bookings);
  ASSERT_TRUE(bookings);
  EXPECT_EQ(bookings->name, "ada");
  EXPECT_EQ(bookings->email, "ada@example.test");
  EXPECT_EQ(bookings->locale, "en");
  EXPECT_THAT(bookings->wants, ElementsAre(true, true, true, true));
  EXPECT_EQ(bookings->quiet, night);
  EXPECT_THAT(recipient(Group::follow_up)->wants, ElementsAre(false, false, true, true));
  EXPECT_THAT(recipient(Group::reminders)->wants, ElementsAre(true, false, true, true));
}

TEST_F(OwnNotificationsPg, security_reaches_people_whatever_the_table_says) {
  sql("INSERT INTO notification_preferences SELECT id, 'security', 'email', false FROM users");
  sql("INSERT INTO notification_preferences SELECT id, 'of a later version', 'pigeon', false FROM "
      "users");
  EXPECT_THAT(recipient(Group::security)->wants, ElementsAre(true, true, true, true));
  EXPECT_EQ(run(own.preferences(actor, soon())).chosen, Preferences());
}

TEST_F(OwnNotificationsPg, a_number_counts_once_it_has_been_verified) {
  EXPECT_FALSE(recipient(Group::bookings)->phone);
  sql("UPDATE users SET phone_verified = true");
  EXPECT_EQ(recipient(Group::bookings)->phone, "+493012345678");
}

TEST_F(OwnNotificationsPg, nobody_is_told_whose_account_is_disabled_or_gone) {
  sql("UPDATE users SET status = 'disabled'");
  EXPECT_FALSE(recipient(Group::bookings));
  sql("DELETE FROM users");
  EXPECT_FALSE(recipient(Group::bookings));
}

TEST_F(OwnNotificationsPg, the_list_is_newest_first_and_in_pages) {
  for (const auto* title : {"1", "2", "3", "4", "5"}) add(actor, title);
  EXPECT_THAT(titles(actor), ElementsAre("5", "4", "3", "2", "1"));
  std::vector<std::string> seen;
  PageRequest<InboxKey> page{.limit = 2, .after = {}, .with_total = true};
  for (bool more = true; more;) {
    const auto found = run(own.inbox(actor, false, page, soon()));
    EXPECT_EQ(found.page.total, 5);
    EXPECT_EQ(found.unread, 5);
    for (const auto& item : found.page.items) seen.push_back(item.title);
    page.after = InboxKey{found.page.items.back().created_at, found.page.items.back().id};
    more = found.page.more;
  }
  EXPECT_THAT(seen, ElementsAre("5", "4", "3", "2", "1"));
}

TEST_F(OwnNotificationsPg, R50_I8_what_is_added_twice_is_there_once) {
  const auto id = add(actor, "first");
  add(actor, "again", id);
  EXPECT_THAT(titles(actor), ElementsAre("first"));
}

TEST_F(OwnNotificationsPg, for_who_is_gone_nothing_is_added_and_nothing_breaks) {
  const auto id = add(actor, "first");
  sql("DELETE FROM users");
  EXPECT_EQ(sql_count("SELECT count(*) FROM inbox_items"), 0);
  EXPECT_NO_THROW(add(actor, "late", id));
  EXPECT_EQ(sql_count("SELECT count(*) FROM inbox_items"), 0);
}

TEST_F(OwnNotificationsPg, what_has_been_read_stays_as_it_was_read_first) {
  const auto id = add(actor, "one");
  add(actor, "two");
  const auto read = run(own.mark_read(actor, id, soon()));
  ASSERT_TRUE(read && read->read_at);
  EXPECT_EQ(run(own.mark_read(actor, id, soon()))->read_at, read->read_at);
  EXPECT_EQ(sql_count("SELECT count(*) FROM audit_logs WHERE action = 'notification.read'"), 1);
  EXPECT_THAT(titles(actor, true), ElementsAre("two"));
  EXPECT_EQ(run(own.inbox(actor, true, {}, soon())).unread, 1);
  EXPECT_TRUE(run(own.mark_all_read(actor, soon())));
  EXPECT_TRUE(run(own.mark_all_read(actor, soon())));
  EXPECT_THAT(titles(actor, true), IsEmpty());
  EXPECT_EQ(sql_count("SELECT count(*) FROM audit_logs WHERE action = 'notification.read_all'"), 1);
}

TEST_F(OwnNotificationsPg, R16_somebody_elses_is_neither_seen_nor_read) {
  const auto other = somebody("ben");
  const auto id = add(other, "for Ben");
  EXPECT_THAT(titles(actor), IsEmpty());
  EXPECT_EQ(run(own.mark_read(actor, id, soon())).error().code, "not_found");
  run(own.mark_all_read(actor, soon()));
  EXPECT_THAT(titles(other, true), ElementsAre("for Ben"));
}

TEST_F(OwnNotificationsPg, the_list_goes_back_90_days_and_has_at_most_500_lines) {
  const auto insert = [&](const Actor& of, int count) {
    sql("INSERT INTO inbox_items (id, user_id, event, title, content, created_at) SELECT "
        "gen_random_uuid(), '" +
        of.user->to_string() +
        "', 'e', n::text, 't', now() - n * interval "
        "'1 minute' FROM generate_series(1, " +
        std::to_string(count) + ") AS n");
  };
  const auto other = somebody("ben");
  insert(actor, 537);
  insert(other, 20);
  sql("UPDATE inbox_items SET created_at = now() - interval '91 days' WHERE title::int > 15 AND "
      "user_id = '" +
      other.user->to_string() + "'");
  run(own.clean(10, soon()));
  EXPECT_EQ(
      sql_value("SELECT count(*) || ' ' || max(title::int) FROM inbox_items WHERE user_id = '" +
                actor.user->to_string() + "'"),
      "500 500");
  EXPECT_EQ(
      sql_value("SELECT count(*) || ' ' || max(title::int) FROM inbox_items WHERE user_id = '" +
                other.user->to_string() + "'"),
      "15 15");
}

}  // namespace
}  // namespace frontdesk::notifications

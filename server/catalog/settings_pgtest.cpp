#include "catalog/testing.hpp"

namespace frontdesk::catalog {
namespace {

class SettingsPg : public CatalogTest {
 protected:
  Result<Settings> update(const SettingsChange& change, std::optional<std::int64_t> version = {}) {
    return run(catalog->update_settings(manager, change, version, soon()));
  }
  Settings now() { return run(catalog->settings(soon())); }
};

TEST_F(SettingsPg, a_change_is_what_is_read_from_then_on) {
  const auto before = now();
  const auto updated = update({.name = "Studio",
                               .timezone = "Asia/Calcutta",
                               .currency = "INR",
                               .locale = "en-IN",
                               .address = "1 Example Street\n560001 Bengaluru",
                               .slot_interval_minutes = 30,
                               .min_notice_minutes = 60,
                               .max_advance_days = 90,
                               .cancel_notice_minutes = 120,
                               .auto_confirm = false,
                               .max_active_appointments = 3,
                               .max_bookings_per_hour = 4,
                               .max_sms_per_hour = 6,
                               .reminder_offsets_minutes = std::vector{120, 2880}});
  ASSERT_TRUE(updated);
  EXPECT_EQ(updated->version, before.version + 1);
  EXPECT_GT(updated->updated_at, before.updated_at);
  const auto after = now();
  EXPECT_EQ(after.name, "Studio");
  EXPECT_EQ(after.timezone, "Asia/Calcutta");
  EXPECT_EQ(after.currency, "INR");
  EXPECT_EQ(after.locale, "en-IN");
  EXPECT_EQ(after.address, "1 Example Street\n560001 Bengaluru");
  EXPECT_EQ(after.slot_interval_minutes, 30);
  EXPECT_EQ(after.min_notice_minutes, 60);
  EXPECT_EQ(after.max_advance_days, 90);
  EXPECT_EQ(after.cancel_notice_minutes, 120);
  EXPECT_FALSE(after.auto_confirm);
  EXPECT_EQ(after.max_active_appointments, 3);
  EXPECT_EQ(after.max_bookings_per_hour, 4);
  EXPECT_EQ(after.max_sms_per_hour, 6);
  EXPECT_EQ(after.reminder_offsets_minutes, (std::vector{2880, 120})) << "the earliest first";
  EXPECT_EQ(after.version, updated->version);
  EXPECT_EQ(after.updated_at, updated->updated_at);
}

TEST_F(SettingsPg, what_is_not_named_stays) {
  const auto before = now();
  ASSERT_TRUE(update({.cancel_notice_minutes = 30}));
  const auto after = now();
  EXPECT_EQ(after.cancel_notice_minutes, 30);
  EXPECT_EQ(after.timezone, before.timezone);
  EXPECT_EQ(after.max_active_appointments, before.max_active_appointments);
  EXPECT_EQ(after.auto_confirm, before.auto_confirm);
}

TEST_F(SettingsPg, what_changes_nothing_keeps_the_version_and_leaves_no_entry) {
  const auto before = now();
  const auto same = update({.name = before.name, .slot_interval_minutes = 15});
  ASSERT_TRUE(same);
  EXPECT_EQ(same->version, before.version);
  EXPECT_EQ(audited(), "");
}

TEST_F(SettingsPg, R73_the_audit_log_names_the_fields_and_who_changed_them) {
  ASSERT_TRUE(update({.address = "12 Secret Street", .max_bookings_per_hour = 7}));
  EXPECT_EQ(audited(), R"(settings.update ["address", "max_bookings_per_hour"])");
  EXPECT_EQ(sql_count("SELECT count(*) FROM audit_logs a WHERE a::text LIKE '%Secret%'"), 0);
  EXPECT_EQ(sql_value("SELECT actor_id FROM audit_logs"), manager.user->to_string());
}

TEST_F(SettingsPg, parallel_changes_with_one_version_are_one) {
  const auto version = now().version;
  const SettingsChange change{.name = "Studio"};
  EXPECT_THAT(meet_at("settings", catalog->update_settings(manager, change, version, soon()),
                      catalog->update_settings(manager, change, version, soon())),
              ::testing::UnorderedElementsAre("ok", "stale"));
}

TEST_F(SettingsPg, R52_another_zone_waits_for_bookings_and_no_other_change_does) {
  offer_something();
  const std::string lock = "lock_key('staff', '00000000-0000-7000-8000-0000000000a1')";
  sql("SELECT pg_advisory_lock(" + lock + ")");
  EXPECT_EQ(outcome(update({.name = "Studio"})), "ok");
  const SettingsChange zone{.timezone = "Europe/London"};
  UnderWay moving(catalog->update_settings(manager, zone, {}, soon()));
  EXPECT_TRUE(moving.waits_for_a_lock());
  sql("SELECT pg_advisory_unlock_all()");
  EXPECT_EQ(outcome(moving.result()), "ok");
}

}  // namespace
}  // namespace frontdesk::catalog

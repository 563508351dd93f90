#include "catalog/business_wire.hpp"
#include "core/testing_error.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::catalog {
namespace {

using frontdesk::testing::problems;
using ::testing::ElementsAre;

std::vector<std::string> problems_of_settings(const char* body) {
  return problems(wire::read_settings_change(boost::json::parse(body)));
}

TEST(SettingsWire, an_empty_object_changes_nothing) {
  Settings settings{};
  EXPECT_THAT(apply(*wire::read_settings_change(boost::json::parse("{}")), settings),
              ElementsAre());
}

TEST(SettingsWire, R60_a_zone_is_an_exact_iana_id) {
  EXPECT_THAT(problems_of_settings(R"({"timezone":"Asia/Calcutta"})"), ElementsAre());
  for (const auto* text :
       {"europe/berlin", "FOO+3", "Fixed/UTC+01:00:00", "../etc/passwd", "CET "}) {
    EXPECT_THAT(problems(wire::read_settings_change({{"timezone", text}})),
                ElementsAre("timezone:invalid"))
        << text;
  }
}

TEST(SettingsWire, R17_nothing_else_is_a_setting) {
  EXPECT_THAT(problems_of_settings(R"({"version":3,"updated_at":"x","id":true,"hold_minutes":5})"),
              ElementsAre("version:unknown_field", "updated_at:unknown_field", "id:unknown_field",
                          "hold_minutes:unknown_field"));
}

TEST(SettingsWire, no_setting_is_taken_away) {
  EXPECT_THAT(
      problems_of_settings(R"({"name":null,"timezone":null,"currency":null,"locale":null,
                                       "address":null,"slot_interval":null,"auto_confirm":null})"),
      ElementsAre("name:required", "timezone:required", "currency:required", "locale:required",
                  "address:required", "slot_interval:required", "auto_confirm:required"));
}

TEST(SettingsWire, numbers_are_within_the_bounds_of_the_table) {
  EXPECT_THAT(problems_of_settings(R"({"slot_interval":4,"min_notice":-1,"max_advance_days":0,
                                       "cancel_notice":525601,"max_active_appointments":-1,
                                       "max_bookings_per_hour":1001,"max_sms_per_hour":0})"),
              ElementsAre("slot_interval:out_of_range", "min_notice:out_of_range",
                          "max_advance_days:out_of_range", "cancel_notice:out_of_range",
                          "max_active_appointments:out_of_range",
                          "max_bookings_per_hour:out_of_range", "max_sms_per_hour:out_of_range"));
  EXPECT_THAT(problems_of_settings(R"({"reminder_offsets":[4]})"),
              ElementsAre("reminder_offsets:out_of_range"));
  EXPECT_THAT(problems_of_settings(R"({"reminder_offsets":[43201]})"),
              ElementsAre("reminder_offsets:out_of_range"));
  EXPECT_THAT(problems_of_settings(R"({"currency":"eur","locale":"de_DE"})"),
              ElementsAre("currency:invalid", "locale:invalid"));
}

TEST(WholeDay, is_as_long_as_the_clock_says) {
  const auto hours = [](LocalDate date, const char* zone) {
    const auto day = whole_day(date, *Zone::find(zone));
    return std::chrono::duration_cast<std::chrono::hours>(day.end - day.start).count();
  };
  const auto day = [](int y, int m, int d) { return LocalDate{std::chrono::year{y} / m / d}; };
  EXPECT_EQ(hours(day(2026, 3, 28), "Europe/Berlin"), 24);
  EXPECT_EQ(hours(day(2026, 3, 29), "Europe/Berlin"), 23);
  EXPECT_EQ(hours(day(2026, 10, 25), "Europe/Berlin"), 25);
  EXPECT_EQ(hours(day(2026, 9, 6), "America/Santiago"), 23) << "the clock jumps at midnight";
  EXPECT_EQ(hours(day(2011, 12, 30), "Pacific/Apia"), 0) << "there was no such day";
}

}  // namespace
}  // namespace frontdesk::catalog

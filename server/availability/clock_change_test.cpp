#include "availability/slots.hpp"
#include "availability/testing_snapshot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

/// The slots of days on which the clock is changed, written out by hand (R61). A day has a slot
/// every interval of real time; its wall times show the gap or the repetition.
namespace frontdesk::availability {
namespace {

using namespace testing;
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// The wall times of one day's slots: a service as long as the interval, for one member.
Texts wall_times(const char* zone_name, const char* date, Hours open, std::chrono::minutes step) {
  Snapshot snapshot = business(zone_name, "2000-01-02T00:00:00Z");
  snapshot.rules = {.slot_interval = step, .max_advance = std::chrono::days{40000}};
  snapshot.service.duration = step;
  snapshot.staff.push_back(member(snapshot.zone, {open}));
  return times(snapshot, date);
}

struct Day {
  const char* zone;
  const char* date;
  Hours open;
  std::chrono::minutes step;
  Texts expected;
};

// Where governments change their minds, days gone by: newer zone data cannot move them.
const std::vector<Day> table = {
    // An hour forward at 02:00.
    {"Europe/Berlin",
     "2026-03-29",
     hours("01:00", "05:00"),
     30min,
     {"01:00", "01:30", "03:00", "03:30", "04:00", "04:30"}},
    {"America/New_York", "2026-03-08", hours("01:00", "05:00"), 60min, {"01:00", "03:00", "04:00"}},
    {"America/St_Johns",
     "2026-03-08",
     hours("01:00", "04:00"),
     30min,
     {"01:00", "01:30", "03:00", "03:30"}},
    {"Africa/Casablanca",
     "2024-04-14",
     hours("01:00", "04:00"),
     30min,
     {"01:00", "01:30", "03:00", "03:30"}},
    // An hour back at 03:00, 02:00, 02:00, 03:00.
    {"Europe/Berlin",
     "2026-10-25",
     hours("01:30", "03:30"),
     30min,
     {"01:30", "02:00", "02:30", "02:00", "02:30", "03:00"}},
    {"America/New_York",
     "2026-11-01",
     hours("00:30", "02:30"),
     30min,
     {"00:30", "01:00", "01:30", "01:00", "01:30", "02:00"}},
    {"America/St_Johns",
     "2026-11-01",
     hours("00:30", "02:30"),
     30min,
     {"00:30", "01:00", "01:30", "01:00", "01:30", "02:00"}},
    {"Africa/Casablanca",
     "2024-03-10",
     hours("01:30", "03:30"),
     30min,
     {"01:30", "02:00", "02:30", "02:00", "02:30", "03:00"}},
    // Half an hour, at 02:00.
    {"Australia/Lord_Howe",
     "2026-10-04",
     hours("01:00", "03:30"),
     15min,
     {"01:00", "01:15", "01:30", "01:45", "02:30", "02:45", "03:00", "03:15"}},
    {"Australia/Lord_Howe",
     "2026-04-05",
     hours("01:00", "02:30"),
     15min,
     {"01:00", "01:15", "01:30", "01:45", "01:30", "01:45", "02:00", "02:15"}},
    // Two hours, at 01:00 and 03:00.
    {"Antarctica/Troll", "2026-03-29", hours("00:00", "05:00"), 60min, {"00:00", "03:00", "04:00"}},
    {"Antarctica/Troll",
     "2026-10-25",
     hours("00:00", "04:00"),
     60min,
     {"00:00", "01:00", "02:00", "01:00", "02:00", "03:00"}},
    // A whole day that never was: 2011-12-30.
    {"Pacific/Apia", "2011-12-29", hours("22:00", "24:00"), 60min, {"22:00", "23:00"}},
    {"Pacific/Apia", "2011-12-30", hours("00:00", "24:00"), 60min, {}},
    {"Pacific/Apia", "2011-12-31", hours("00:00", "02:00"), 60min, {"00:00", "01:00"}},
    // No change at all.
    {"Asia/Kolkata", "2026-03-29", hours("01:00", "04:00"), 60min, {"01:00", "02:00", "03:00"}},
    {"Asia/Kolkata", "2026-10-25", hours("01:00", "04:00"), 60min, {"01:00", "02:00", "03:00"}},
    // Midnight itself skipped, and repeated.
    {"America/Havana", "2024-03-10", hours("00:00", "03:00"), 60min, {"01:00", "02:00"}},
    {"America/Havana", "2024-11-03", hours("00:00", "02:00"), 60min, {"00:00", "00:00", "01:00"}},
    // Back over midnight, from 00:01 to 23:01 of the day before: both parts belong to their date.
    {"America/St_Johns",
     "2008-11-01",
     hours("22:01", "24:00"),
     30min,
     {"22:01", "22:31", "23:01", "23:31", "23:01"}},
    // Long after 2037.
    {"Europe/Berlin",
     "2099-10-25",
     hours("02:00", "03:00"),
     30min,
     {"02:00", "02:30", "02:00", "02:30"}},
};

TEST(ClockChange, R61_skipped_wall_times_are_missing_and_repeated_ones_appear_twice) {
  for (const Day& day : table) {
    EXPECT_EQ(wall_times(day.zone, day.date, day.open, day.step), day.expected)
        << day.zone << ' ' << day.date;
  }
}

TEST(ClockChange, R61_an_opening_that_is_skipped_is_the_moment_of_the_jump) {
  EXPECT_THAT(wall_times("Europe/Berlin", "2026-03-29", hours("02:20", "04:00"), 30min),
              ElementsAre("03:00", "03:30"));
}

TEST(ClockChange, R61_a_closing_that_is_skipped_is_the_moment_of_the_jump) {
  EXPECT_THAT(wall_times("Europe/Berlin", "2026-03-29", hours("01:00", "02:20"), 30min),
              ElementsAre("01:00", "01:30"));
  EXPECT_THAT(wall_times("Europe/Berlin", "2026-03-29", hours("02:00", "03:00"), 30min), IsEmpty());
  EXPECT_THAT(wall_times("Europe/Berlin", "2026-03-29", hours("02:10", "02:50"), 5min), IsEmpty());
}

TEST(ClockChange, R61_an_opening_that_is_repeated_is_the_first_one) {
  EXPECT_THAT(wall_times("Europe/Berlin", "2026-10-25", hours("02:30", "03:30"), 30min),
              ElementsAre("02:30", "02:00", "02:30", "03:00"));
}

TEST(ClockChange, R61_a_closing_that_is_repeated_is_the_second_one) {
  EXPECT_THAT(wall_times("Europe/Berlin", "2026-10-25", hours("01:30", "02:30"), 30min),
              ElementsAre("01:30", "02:00", "02:30", "02:00"));
}

TEST(ClockChange, R61_slots_of_one_wall_time_have_two_starts) {
  Snapshot snapshot = business("Europe/Berlin", "2026-10-01T00:00:00Z");
  snapshot.staff.push_back(member(snapshot.zone, {hours("02:00", "03:00")}));
  EXPECT_THAT(starts(snapshot, "2026-10-25"),
              ElementsAre("2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z"));
}

TEST(ClockChange, a_day_of_the_business_has_23_or_25_hours_for_closures_too) {
  for (const char* date : {"2026-03-29", "2026-10-25"}) {
    Snapshot snapshot = business("Europe/Berlin", "2026-01-01T00:00:00Z");
    snapshot.rules.slot_interval = 60min;
    snapshot.staff.push_back(member(snapshot.zone, {hours("00:00", "24:00")}));
    EXPECT_EQ(times(snapshot, date).size(), date == std::string_view("2026-03-29") ? 23U : 25U);
    snapshot.closures = {day(date)};
    EXPECT_THAT(times(snapshot, date), IsEmpty());
    EXPECT_EQ(shown(snapshot, "2026-03-27", "2026-03-31").size(),
              date == std::string_view("2026-03-29") ? 96U : 119U);
  }
}

}  // namespace
}  // namespace frontdesk::availability

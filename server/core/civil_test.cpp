#include "core/civil.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace frontdesk {
namespace {

using std::chrono::local_days;
using std::chrono::year;

LocalDate day(int y, int m, int d) {
  return local_days{year{y} / m / d};
}

TEST(ParseDate, R60_reads_every_day_of_2000_to_2100_and_formats_it_back) {
  for (LocalDate date = day(2000, 1, 1); date < day(2101, 1, 1); date += std::chrono::days{1}) {
    ASSERT_EQ(parse_date(format_date(date)), date) << format_date(date);
  }
}

TEST(ParseDate, knows_the_leap_days) {
  for (int y = 2000; y <= 2100; ++y) {
    const std::string text = std::to_string(y) + "-02-29";
    EXPECT_EQ(parse_date(text).has_value(), year{y}.is_leap()) << text;
  }
  EXPECT_TRUE(parse_date("2000-02-29"));
  EXPECT_FALSE(parse_date("2100-02-29"));
}

TEST(ParseDate, R60_refuses_other_years_days_that_do_not_exist_and_other_notations) {
  for (
      const char* text :
      {"",           "1999-12-31", "2101-01-01",       "0000-00-00",  "9999-12-31",  "2026-00-01",
       "2026-13-01", "2026-01-00", "2026-01-32",       "2026-02-30",  "2026-04-31",  "2026-06-31",
       "2026-09-31", "2026-11-31", "2026-1-1",         "2026-01-1",   "26-01-01",    "20260101",
       "2026/01/01", "01.01.2026", "2026-01-01T00:00", "2026-01-01 ", " 2026-01-01", "2026-01-01\n",
       "+026-01-01", "-026-01-01", "2026--1-01",       "2026-01-+1",  "today",       "infinity",
       "2026-W01-1", "2026-001"}) {
    EXPECT_EQ(parse_date(text), std::nullopt) << text;
  }
  EXPECT_EQ(parse_date(std::string_view("2026-01-0\0", 10)), std::nullopt);
}

TEST(ParseTime, reads_every_minute_of_a_day_and_formats_it_back) {
  for (int minute = 0; minute < 24 * 60; ++minute) {
    const LocalTime time{minute};
    ASSERT_EQ(parse_time(format_time(time)), time);
    ASSERT_EQ(parse_end_time(format_time(time)), time);
  }
}

TEST(ParseTime, takes_24_00_as_an_end_only) {
  EXPECT_EQ(parse_time("24:00"), std::nullopt);
  EXPECT_EQ(parse_end_time("24:00"), LocalTime{1440});
  EXPECT_EQ(format_time(LocalTime{1440}), "24:00");
}

TEST(ParseTime, refuses_other_notations) {
  for (const char* text :
       {"", "9:00", "09:0", "0900", "09:00:00", "09:60", "24:01", "25:00", "99:99", "-9:00",
        "09:-1", "09.00", "09:00 ", " 09:00", "9:00am", "ab:cd", "+9:00", "09:00Z"}) {
    EXPECT_EQ(parse_time(text), std::nullopt) << text;
    EXPECT_EQ(parse_end_time(text), std::nullopt) << text;
  }
}

TEST(WeekdayOf, counts_from_sunday) {
  EXPECT_EQ(weekday_of(day(2026, 3, 29)), 0U);
  EXPECT_EQ(weekday_of(day(2026, 3, 30)), 1U);
  EXPECT_EQ(weekday_of(day(2026, 4, 4)), 6U);
  EXPECT_EQ(weekday_of(day(2000, 1, 1)), 6U);
  EXPECT_EQ(weekday_of(day(2100, 12, 31)), 5U);
}

RC_GTEST_PROP(Dates, read_only_what_they_would_write, (const std::string& garbage)) {
  if (const auto date = parse_date(garbage)) RC_ASSERT(format_date(*date) == garbage);
  if (const auto time = parse_end_time(garbage)) RC_ASSERT(format_time(*time) == garbage);
}

}  // namespace
}  // namespace frontdesk

#include "notifications/quiet_hours.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace frontdesk::notifications {
namespace {

using namespace std::chrono_literals;

const Zone berlin = *Zone::find("Europe/Berlin");
constexpr QuietHours night{22h, 7h};

Instant at(std::string_view text) {
  return *parse_instant(text);
}

std::string allowed(std::string_view from, QuietHours quiet, Zone zone = berlin) {
  return format_instant(next_allowed(at(from), quiet, zone));
}

TEST(QuietHours, outside_of_them_at_once) {
  EXPECT_EQ(allowed("2026-06-01T12:00:00+02:00", night), "2026-06-01T10:00:00Z");
  EXPECT_EQ(allowed("2026-06-01T21:59:59+02:00", night), "2026-06-01T19:59:59Z");
}

TEST(QuietHours, start_is_within_and_end_is_not) {
  EXPECT_EQ(allowed("2026-06-01T22:00:00+02:00", night), "2026-06-02T05:00:00Z");
  EXPECT_EQ(allowed("2026-06-02T06:59:59+02:00", night), "2026-06-02T05:00:00Z");
  EXPECT_EQ(allowed("2026-06-02T07:00:00+02:00", night), "2026-06-02T05:00:00Z");
}

TEST(QuietHours, within_one_day_and_up_to_midnight) {
  EXPECT_EQ(allowed("2026-06-01T13:30:00+02:00", {13h, 15h}), "2026-06-01T13:00:00Z");
  EXPECT_EQ(allowed("2026-06-01T15:00:00+02:00", {13h, 15h}), "2026-06-01T13:00:00Z");
  EXPECT_EQ(allowed("2026-06-01T23:30:00+02:00", {22h, 0h}), "2026-06-01T22:00:00Z");
  EXPECT_EQ(allowed("2026-06-02T00:00:00+02:00", {22h, 0h}), "2026-06-01T22:00:00Z");
  EXPECT_EQ(allowed("2026-06-01T03:00:00+02:00", {0h, 8h}), "2026-06-01T06:00:00Z");
}

TEST(QuietHours, R61_their_end_is_wall_time_across_a_change_of_the_clock) {
  EXPECT_EQ(allowed("2026-03-28T23:00:00+01:00", night), "2026-03-29T05:00:00Z");
  EXPECT_EQ(allowed("2026-10-24T23:00:00+02:00", night), "2026-10-25T06:00:00Z");
}

TEST(QuietHours, R61_an_end_that_the_clock_jumps_over_comes_with_the_jump) {
  // 02:00 to 03:00 on 29 March 2026 are not in Berlin.
  EXPECT_EQ(allowed("2026-03-29T01:10:00+01:00", {22h, 2h + 30min}), "2026-03-29T01:00:00Z");
  EXPECT_EQ(allowed("2026-03-29T03:10:00+02:00", {2h, 3h}), "2026-03-29T01:10:00Z");
  // Midnight of 6 September 2026 is not in Santiago.
  EXPECT_EQ(allowed("2026-09-05T23:30:00-04:00", {22h, 0h}, *Zone::find("America/Santiago")),
            "2026-09-06T04:00:00Z");
}

TEST(QuietHours, R61_an_end_that_comes_twice_comes_the_first_time) {
  // 02:00 to 03:00 on 25 October 2026 are there twice in Berlin.
  constexpr QuietHours quiet{22h, 2h + 30min};
  EXPECT_EQ(allowed("2026-10-25T02:10:00+02:00", quiet), "2026-10-25T00:30:00Z");
  EXPECT_EQ(allowed("2026-10-25T02:40:00+02:00", quiet), "2026-10-25T00:40:00Z");
  EXPECT_EQ(allowed("2026-10-25T02:10:00+01:00", quiet), "2026-10-25T01:30:00Z");
  // And what began in the first of them goes on.
  EXPECT_EQ(allowed("2026-10-25T02:40:00+02:00", {2h + 30min, 6h}), "2026-10-25T05:00:00Z");
}

TEST(QuietHours, R61_a_day_that_is_left_out_ends_no_night) {
  // There was no 30 December 2011 in Samoa.
  EXPECT_EQ(allowed("2011-12-29T23:00:00-10:00", night, *Zone::find("Pacific/Apia")),
            "2011-12-30T17:00:00Z");
}

RC_GTEST_PROP(QuietHours, what_they_allow_is_never_earlier_nor_quiet_nor_far, ()) {
  const auto zones = {"Europe/Berlin", "America/Santiago", "Australia/Lord_Howe", "Pacific/Apia"};
  const auto zone =
      *Zone::find(*rc::gen::elementOf(std::vector<std::string>(zones.begin(), zones.end())));
  const QuietHours quiet{std::chrono::minutes(*rc::gen::inRange(0, 1440)),
                         std::chrono::minutes(*rc::gen::inRange(0, 1440))};
  RC_PRE(quiet.start != quiet.end);
  const auto instant = earliest_instant + std::chrono::minutes(*rc::gen::inRange(0, 50 * 525'960));
  const auto allowed_at = next_allowed(instant, quiet, zone);
  RC_ASSERT(allowed_at >= instant);
  RC_ASSERT(allowed_at - instant < 49h);  // Samoa left out a day
  RC_ASSERT(!quiet.contains(zone.to_local(allowed_at).time_of_day));
}

}  // namespace
}  // namespace frontdesk::notifications

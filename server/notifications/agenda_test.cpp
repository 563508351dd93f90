#include "notifications/agenda.hpp"

#include <gtest/gtest.h>

namespace frontdesk::notifications {
namespace {

std::string day(std::string_view date, std::string_view zone) {
  const auto found = day_of(*parse_date(date), *Zone::find(zone));
  return format_instant(found.start) + " " + format_instant(found.end);
}

// Days gone by: what is to come, newer zone data may move.
TEST(AgendaDay, is_from_midnight_to_midnight_by_the_wall_clock) {
  EXPECT_EQ(day("2025-06-01", "Europe/Berlin"), "2025-05-31T22:00:00Z 2025-06-01T22:00:00Z");
  EXPECT_EQ(day("2025-03-30", "Europe/Berlin"), "2025-03-29T23:00:00Z 2025-03-30T22:00:00Z");
}

TEST(AgendaDay, R61_begins_with_the_jump_where_the_clock_jumps_over_midnight) {
  // In Cairo 00:00 to 01:00 of 25 April 2025 are not; 23:15 of the 24th is 21:15 UTC.
  EXPECT_EQ(day("2025-04-24", "Africa/Cairo"), "2025-04-23T22:00:00Z 2025-04-24T22:00:00Z");
  EXPECT_EQ(day("2025-04-25", "Africa/Cairo"), "2025-04-24T22:00:00Z 2025-04-25T21:00:00Z");
}

TEST(AgendaDay, R61_begins_with_the_first_of_two_midnights) {
  // In Havana 00:00 to 01:00 of 2 November 2025 are there twice.
  EXPECT_EQ(day("2025-11-02", "America/Havana"), "2025-11-02T04:00:00Z 2025-11-03T05:00:00Z");
  EXPECT_EQ(day("2025-11-01", "America/Havana"), "2025-11-01T04:00:00Z 2025-11-02T04:00:00Z");
}

}  // namespace
}  // namespace frontdesk::notifications

#include "notifications/agenda.hpp"

#include <gtest/gtest.h>

namespace frontdesk::notifications {
namespace {

std::string day(std::string_view date, std::string_view zone) {
  const auto found = day_of(*parse_date(date), *Zone::find(zone));
  return format_instant(found.start) + " " + format_instant(found.end);
}

TEST(AgendaDay, is_from_midnight_to_midnight_by_the_wall_clock) {
  EXPECT_EQ(day("2026-06-01", "Europe/Berlin"), "2026-05-31T22:00:00Z 2026-06-01T22:00:00Z");
  EXPECT_EQ(day("2026-03-29", "Europe/Berlin"), "2026-03-28T23:00:00Z 2026-03-29T22:00:00Z");
}

TEST(AgendaDay, R61_begins_with_the_jump_where_the_clock_jumps_over_midnight) {
  // In Cairo 00:00 to 01:00 of 24 April 2026 are not; 23:15 of the 23rd is 21:15 UTC.
  EXPECT_EQ(day("2026-04-23", "Africa/Cairo"), "2026-04-22T22:00:00Z 2026-04-23T22:00:00Z");
  EXPECT_EQ(day("2026-04-24", "Africa/Cairo"), "2026-04-23T22:00:00Z 2026-04-24T21:00:00Z");
}

TEST(AgendaDay, R61_begins_with_the_first_of_two_midnights) {
  // In Havana 00:00 to 01:00 of 1 November 2026 are there twice.
  EXPECT_EQ(day("2026-11-01", "America/Havana"), "2026-11-01T04:00:00Z 2026-11-02T05:00:00Z");
  EXPECT_EQ(day("2026-10-31", "America/Havana"), "2026-10-31T04:00:00Z 2026-11-01T04:00:00Z");
}

}  // namespace
}  // namespace frontdesk::notifications

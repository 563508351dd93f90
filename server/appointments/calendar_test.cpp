#include "appointments/calendar.hpp"

#include "appointments/testing_appointment.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::appointments {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Changed twice, and with text that means something in a calendar file.
Appointment awkward_appointment() {
  Appointment appointment = an_appointment();
  appointment.service.name = "Cut, wash; dry";
  appointment.notes = "ring\r\ntwice\nEND:VEVENT";
  appointment.created_at = *parse_instant("2026-03-01T18:20:31.123456Z");
  appointment.version = 3;
  return appointment;
}

/// The lines of an iCalendar object, unfolded; every one is held to RFC 5545 section 3.1.
std::string unfolded(std::string_view text) {
  std::string lines;
  while (!text.empty()) {
    const auto end = text.find("\r\n");
    if (end == std::string_view::npos) {
      ADD_FAILURE() << "a line without CRLF: " << text;
      return lines;
    }
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end + 2);
    EXPECT_LE(line.size(), 75) << line;
    EXPECT_EQ(line.find_first_of("\r\n"), std::string_view::npos);
    if (line.starts_with(' ')) {
      line.remove_prefix(1);
      EXPECT_NE(static_cast<unsigned char>(line.front()) & 0xc0, 0x80) << "a cut character";
    } else if (!lines.empty()) {
      lines += "\n";
    }
    lines += line;
  }
  return lines + "\n";
}

std::string lines_of(const Appointment& appointment) {
  return unfolded(to_calendar(appointment, {.name = "Studio", .address = "1 Main St\nTown"}));
}

std::string invitation_of(const Appointment& appointment) {
  return unfolded(
      to_invitation(appointment, {.name = "Studio \"B\"; Main", .address = ""},
                    {.organizer = "desk@example.test", .attendee = "ada@example.test"}));
}

TEST(Calendar, RFC5546_an_invitation_names_both_and_asks_for_no_answer) {
  const auto lines = invitation_of(an_appointment());
  EXPECT_THAT(lines, HasSubstr("\nMETHOD:REQUEST\n"));
  EXPECT_THAT(lines, HasSubstr("\nORGANIZER;CN=\"Studio 'B'; Main\":mailto:desk@example.test\n"));
  EXPECT_THAT(lines, HasSubstr(":mailto:ada@example.test\n"));
  EXPECT_THAT(lines, HasSubstr("PARTSTAT=ACCEPTED"));
  EXPECT_THAT(lines, HasSubstr("RSVP=FALSE"));
  EXPECT_THAT(lines, HasSubstr("\nSEQUENCE:0\n"));
  EXPECT_THAT(lines, HasSubstr("CN=Ada"));
}

TEST(Calendar, RFC5546_a_cancelled_one_is_taken_away) {
  auto appointment = awkward_appointment();
  appointment.status = Status::cancelled;
  appointment.user->name = "A\r\nATTENDEE:mailto:x@y.test";
  const auto lines = invitation_of(appointment);
  EXPECT_THAT(lines, HasSubstr("\nMETHOD:CANCEL\n"));
  EXPECT_THAT(lines, HasSubstr("\nSTATUS:CANCELLED\n"));
  EXPECT_THAT(lines, HasSubstr("\nSEQUENCE:2\n"));
  EXPECT_THAT(lines, Not(HasSubstr("\nATTENDEE:mailto:x@y.test")));
}

TEST(Calendar, R33_text_cannot_add_a_line) {
  auto appointment = awkward_appointment();
  appointment.staff.name = "a\\b;c,d\te\x01\x7f";
  const auto lines = lines_of(appointment);
  EXPECT_THAT(lines, HasSubstr("SUMMARY:Cut\\, wash\\; dry\n"));
  EXPECT_THAT(lines, HasSubstr("DESCRIPTION:With: a\\\\b\\;c\\,d e\\nFor: Ada\\nNotes: "
                               "ring\\ntwice\\nEND:VEVENT\n"));
}

TEST(Calendar, RFC5545_lines_have_at_most_75_octets_and_whole_characters) {
  for (const std::string& unit : {std::string("x"), std::string("\u00e9"), std::string("\u20ac"),
                                  std::string("\U0001F600")}) {
    for (std::size_t pad = 0; pad < 5; ++pad) {
      auto appointment = an_appointment();
      appointment.service.name = std::string(pad, '-');
      for (int i = 0; i < 120; ++i) appointment.service.name += unit;
      EXPECT_THAT(lines_of(appointment), HasSubstr("SUMMARY:" + appointment.service.name + "\n"));
    }
  }
}

TEST(Calendar, says_when_in_UTC_and_counts_changes) {
  const auto lines = lines_of(awkward_appointment());
  EXPECT_THAT(lines, HasSubstr("DTSTART:20260303T133000Z\nDTEND:20260303T141500Z\n"));
  EXPECT_THAT(lines, HasSubstr("CREATED:20260301T182031Z\n"));
  EXPECT_THAT(lines, HasSubstr("UID:0192f0d0-3c11-7b11-9d1d-6b2f2f7a9e01\n"));
  EXPECT_THAT(lines, HasSubstr("SEQUENCE:2\n"));
  EXPECT_THAT(lines, HasSubstr("LOCATION:Studio\\n1 Main St\\nTown\n"));
}

TEST(Calendar, a_state_is_one_that_calendars_know) {
  auto appointment = awkward_appointment();
  const auto status = [&](Status of) {
    appointment.status = of;
    return to_calendar(appointment, {.name = "Studio", .address = ""});
  };
  EXPECT_THAT(status(Status::pending), HasSubstr("STATUS:TENTATIVE\r\n"));
  EXPECT_THAT(status(Status::cancelled), HasSubstr("STATUS:CANCELLED\r\nTRANSP:TRANSPARENT\r\n"));
  for (const auto kept : {Status::confirmed, Status::completed, Status::no_show}) {
    EXPECT_THAT(status(kept), HasSubstr("STATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\n"));
  }
}

TEST(Calendar, an_erased_customer_is_not_named) {
  auto appointment = awkward_appointment();
  appointment.user = std::nullopt;
  EXPECT_THAT(to_calendar(appointment, {.name = "Studio", .address = ""}), Not(HasSubstr("For:")));
}

/// An appointment of half an hour that starts at `start`.
Appointment starting(std::string_view start, std::string timezone = "Europe/Berlin") {
  auto appointment = an_appointment();
  appointment.starts_at = *parse_instant(start);
  appointment.ends_at = appointment.starts_at + std::chrono::minutes{30};
  appointment.timezone = std::move(timezone);
  return appointment;
}

std::string feed_of(std::vector<Appointment> appointments, Reader reader = Reader::customer) {
  return unfolded(to_feed(appointments, {.name = "Studio", .address = ""}, reader));
}

TEST(Feed, tells_the_time_by_the_clock_of_the_business_and_describes_its_changes) {
  const auto lines = feed_of({starting("2026-03-27T08:00:00Z"), starting("2026-11-02T08:00:00Z")});
  EXPECT_THAT(lines, HasSubstr("DTSTART;TZID=Europe/Berlin:20260327T090000\n"));
  EXPECT_THAT(lines, HasSubstr("DTEND;TZID=Europe/Berlin:20261102T093000\n"));
  EXPECT_THAT(lines, HasSubstr("BEGIN:VTIMEZONE\nTZID:Europe/Berlin\n"));
  EXPECT_THAT(lines, HasSubstr("BEGIN:DAYLIGHT\nDTSTART:20260329T020000\nTZOFFSETFROM:+0100\n"
                               "TZOFFSETTO:+0200\nEND:DAYLIGHT\n"));
  EXPECT_THAT(lines, HasSubstr("BEGIN:STANDARD\nDTSTART:20261025T030000\nTZOFFSETFROM:+0200\n"
                               "TZOFFSETTO:+0100\nEND:STANDARD\n"));
}

TEST(Feed, R61_a_time_that_the_clock_shows_twice_is_the_first_unless_it_says_UTC) {
  const auto lines = feed_of({starting("2026-10-25T00:30:00Z"), starting("2026-10-25T01:30:00Z")});
  EXPECT_THAT(lines, HasSubstr("DTSTART;TZID=Europe/Berlin:20261025T023000\n"));
  EXPECT_THAT(lines, HasSubstr("DTSTART:20261025T013000Z\n"));
}

TEST(Feed, describes_every_zone_once_and_falls_back_to_UTC_where_there_is_none) {
  const auto lines = feed_of({starting("2026-06-01T08:00:00Z"), starting("2026-06-02T08:00:00Z"),
                              starting("2026-06-03T08:00:00Z", "America/St_Johns"),
                              starting("2026-06-04T08:00:00Z", "Mars/Olympus_Mons")});
  EXPECT_THAT(lines, HasSubstr("TZOFFSETTO:-0230\n"));
  EXPECT_THAT(lines, HasSubstr("DTSTART:20260604T080000Z\n"));
  std::size_t zones = 0;
  for (auto at = lines.find("BEGIN:VTIMEZONE"); at != std::string::npos;
       at = lines.find("BEGIN:VTIMEZONE", at + 1)) {
    ++zones;
  }
  EXPECT_EQ(zones, 2U);
}

TEST(Feed, staff_see_whom_it_is_with) {
  EXPECT_THAT(feed_of({an_appointment()}), HasSubstr("SUMMARY:Cut & finish\n"));
  EXPECT_THAT(feed_of({an_appointment()}, Reader::staff), HasSubstr("SUMMARY:Ada: Cut & finish\n"));
}

TEST(Feed, an_empty_one_is_a_calendar_all_the_same) {
  EXPECT_THAT(feed_of({}), HasSubstr("X-WR-CALNAME:Studio\n"));
}

}  // namespace
}  // namespace frontdesk::appointments

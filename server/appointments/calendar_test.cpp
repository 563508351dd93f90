#include "appointments/calendar.hpp"

#include "appointments/testing_appointment.hpp"

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

TEST(Calendar, R33_text_cannot_add_a_line) {
  EXPECT_EQ(escape_calendar_text("a\\b;c,d\r\ne\x01\x7f"), "a\\\\b\\;c\\,d\\ne");
  const auto text = to_calendar(awkward_appointment(), {.name = "Studio", .address = ""});
  EXPECT_THAT(text, HasSubstr("SUMMARY:Cut\\, wash\\; dry\r\n"));
  EXPECT_THAT(text, HasSubstr("Notes: ring\\ntwice\\nEND:VEVENT\r\n"));
}

TEST(Calendar, RFC5545_lines_have_at_most_75_octets_and_whole_characters) {
  for (const std::string& unit : {std::string("x"), std::string("\u00e9"), std::string("\u20ac"),
                                  std::string("\U0001F600")}) {
    for (std::size_t pad = 0; pad < 5; ++pad) {
      std::string value(pad, '-');
      for (int i = 0; i < 120; ++i) value += unit;
      const std::string folded = content_line("SUMMARY", value);
      std::string unfolded;
      std::string_view rest = folded;
      while (!rest.empty()) {
        const auto end = rest.find("\r\n");
        ASSERT_NE(end, std::string_view::npos);
        std::string_view line = rest.substr(0, end);
        EXPECT_LE(line.size(), 75);
        if (!unfolded.empty()) {
          ASSERT_EQ(line.front(), ' ');
          line.remove_prefix(1);
          EXPECT_NE(static_cast<unsigned char>(line.front()) & 0xc0, 0x80) << "a cut character";
        }
        unfolded += line;
        rest.remove_prefix(end + 2);
      }
      EXPECT_EQ(unfolded, "SUMMARY:" + value);
    }
  }
  EXPECT_EQ(content_line("A", std::string(73, 'x')), "A:" + std::string(73, 'x') + "\r\n");
}

TEST(Calendar, says_when_in_UTC_and_counts_changes) {
  const auto text =
      to_calendar(awkward_appointment(), {.name = "Studio", .address = "1 Main St\nTown"});
  EXPECT_THAT(text, HasSubstr("DTSTART:20260303T133000Z\r\nDTEND:20260303T141500Z\r\n"));
  EXPECT_THAT(text, HasSubstr("CREATED:20260301T182031Z\r\n"));
  EXPECT_THAT(text, HasSubstr("UID:0192f0d0-3c11-7b11-9d1d-6b2f2f7a9e01\r\n"));
  EXPECT_THAT(text, HasSubstr("SEQUENCE:2\r\n"));
  EXPECT_THAT(text, HasSubstr("LOCATION:Studio\\n1 Main St\\nTown\r\n"));
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

}  // namespace
}  // namespace frontdesk::appointments

#include "notifications/quiet_hours.hpp"

#include <gtest/gtest.h>

namespace frontdesk::notifications {
namespace {

Zone berlin() {
  return *Zone::find("Europe/Berlin");
}

Instant at(std::string_view text) {
  return *parse_instant(text);
}

QuietHours quiet(std::string_view from, std::string_view until) {
  return {.from = *parse_time(from), .until = *parse_time(until)};
}

std::string end_of(const QuietHours& hours, std::string_view now) {
  const auto end = quiet_until(hours, berlin(), at(now));
  return end ? format_instant(*end) : "";
}

TEST(QuietHours, last_over_midnight_by_the_wall_clock) {
  const auto night = quiet("22:00", "07:00");
  EXPECT_EQ(end_of(night, "2026-03-03T20:59:59Z"), "");
  EXPECT_EQ(end_of(night, "2026-03-03T21:00:00Z"), "2026-03-04T06:00:00Z");
  EXPECT_EQ(end_of(night, "2026-03-04T05:59:59Z"), "2026-03-04T06:00:00Z");
  EXPECT_EQ(end_of(night, "2026-03-04T06:00:00Z"), "");
  EXPECT_EQ(end_of(night, "2026-07-03T20:00:00Z"), "2026-07-04T05:00:00Z");
}

TEST(QuietHours, within_a_day_and_never) {
  const auto noon = quiet("12:00", "14:00");
  EXPECT_EQ(end_of(noon, "2026-03-03T10:59:00Z"), "");
  EXPECT_EQ(end_of(noon, "2026-03-03T11:00:00Z"), "2026-03-03T13:00:00Z");
  EXPECT_EQ(end_of(noon, "2026-03-03T13:00:00Z"), "");
  EXPECT_EQ(end_of(quiet("12:00", "12:00"), "2026-03-03T11:00:00Z"), "");
}

TEST(QuietHours, R61_end_later_than_now_when_the_clock_is_put_back) {
  // 02:30 comes twice on 25 October 2026: at 00:30 and 01:30 UTC.
  const auto hours = quiet("01:00", "02:30");
  EXPECT_EQ(end_of(hours, "2026-10-25T00:10:00Z"), "2026-10-25T00:30:00Z");
  EXPECT_EQ(end_of(hours, "2026-10-25T01:10:00Z"), "2026-10-25T01:30:00Z");
}

TEST(Reminding, is_put_off_till_quiet_hours_end_or_goes_by_mail_alone) {
  const auto night = quiet("22:00", "07:00");
  const auto now = at("2026-03-04T03:00:00Z");
  const auto end = at("2026-03-04T06:00:00Z");
  EXPECT_EQ(remind(std::nullopt, berlin(), now, end), Reminding{});
  EXPECT_EQ(remind(night, berlin(), end, end + std::chrono::hours{1}), Reminding{});
  EXPECT_EQ(remind(night, berlin(), now, end + std::chrono::hours{1}),
            (Reminding{.put_off_until = end}));
  EXPECT_EQ(remind(night, berlin(), now, end), Reminding{.by_mail_only = true});
  EXPECT_EQ(remind(night, berlin(), now, now + std::chrono::hours{1}),
            Reminding{.by_mail_only = true});
}

}  // namespace
}  // namespace frontdesk::notifications

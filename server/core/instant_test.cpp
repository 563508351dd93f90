#include "core/instant.hpp"

#include "core/civil.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace frontdesk {
namespace {

using std::chrono::microseconds;
using std::chrono::sys_days;
using std::chrono::year;
using namespace std::chrono_literals;

Instant utc(int y, unsigned m, unsigned d, std::chrono::microseconds time = {}) {
  return sys_days{year{y} / static_cast<int>(m) / static_cast<int>(d)} + time;
}

TEST(ParseInstant, R60_reads_offsets_on_both_sides_of_utc) {
  const Instant expected = utc(2026, 3, 29, 12h + 30min);
  EXPECT_EQ(parse_instant("2026-03-29T12:30:00Z"), expected);
  EXPECT_EQ(parse_instant("2026-03-29T14:30:00+02:00"), expected);
  EXPECT_EQ(parse_instant("2026-03-29T09:00:00-03:30"), expected);
  EXPECT_EQ(parse_instant("2026-03-30T02:30:00+14:00"), expected);
  EXPECT_EQ(parse_instant("2026-03-29T12:30:00+00:00"), expected);
  EXPECT_EQ(parse_instant("2026-03-29T12:30:00-00:00"), expected);
  EXPECT_EQ(parse_instant("2026-03-30T12:29:00+23:59"), expected);
  EXPECT_EQ(parse_instant("2026-03-28T12:31:00-23:59"), expected);
}

TEST(ParseInstant, reads_lower_case_letters_as_rfc_3339_5_6_allows) {
  EXPECT_EQ(parse_instant("2026-03-29t12:30:00z"), utc(2026, 3, 29, 12h + 30min));
}

TEST(ParseInstant, reads_one_to_six_fractional_digits) {
  const Instant second = utc(2026, 3, 29, 12h);
  EXPECT_EQ(parse_instant("2026-03-29T12:00:00.5Z"), second + 500ms);
  EXPECT_EQ(parse_instant("2026-03-29T12:00:00.05Z"), second + 50ms);
  EXPECT_EQ(parse_instant("2026-03-29T12:00:00.050Z"), second + 50ms);
  EXPECT_EQ(parse_instant("2026-03-29T12:00:00.000001Z"), second + 1us);
  EXPECT_EQ(parse_instant("2026-03-29T12:00:00.999999+01:00"), second - 1h + 999999us);
}

TEST(ParseInstant, R60_holds_to_the_years_2000_to_2100_as_written_and_in_utc) {
  EXPECT_EQ(parse_instant("2000-01-01T00:00:00Z"), earliest_instant);
  EXPECT_EQ(parse_instant("2100-12-31T23:59:59.999999Z"), end_of_instants - 1us);
  EXPECT_EQ(parse_instant("2000-01-01T05:00:00+05:00"), earliest_instant);
  for (const char* text :
       {"1999-12-31T23:59:59Z", "1999-12-31T20:00:00-05:00", "2000-01-01T04:59:59+05:00",
        "2101-01-01T00:00:00Z", "2101-01-01T05:00:00+05:00", "2100-12-31T23:00:00-01:00",
        "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"}) {
    EXPECT_EQ(parse_instant(text), std::nullopt) << text;
  }
}

TEST(ParseInstant, R60_refuses_everything_that_is_not_rfc_3339_with_an_offset) {
  for (const char* text : {"",
                           "Z",
                           "now",
                           "today",
                           "tomorrow",
                           "infinity",
                           "-infinity",
                           "epoch",
                           "1774787400",
                           "2026-03-29",
                           "2026-03-29T12:30:00",
                           "2026-03-29T12:30Z",
                           "2026-03-29T12Z",
                           "2026-03-29 12:30:00Z",
                           "2026-03-29_12:30:00Z",
                           "2026-03-29T24:00:00Z",
                           "2026-03-29T23:59:60Z",
                           "2016-12-31T23:59:60Z",
                           "2026-03-29T23:60:00Z",
                           "2026-03-29T25:00:00Z",
                           "2026-00-10T00:00:00Z",
                           "2026-13-10T00:00:00Z",
                           "2026-03-00T00:00:00Z",
                           "2026-03-32T00:00:00Z",
                           "2026-04-31T00:00:00Z",
                           "2026-02-29T00:00:00Z",
                           "2100-02-29T00:00:00Z",
                           "2026-03-29T12:30:00.Z",
                           "2026-03-29T12:30:00.1234567Z",
                           "2026-03-29T12:30:00.1234567890123Z",
                           "2026-03-29T12:30:00,5Z",
                           "2026-03-29T12:30:00+0200",
                           "2026-03-29T12:30:00+02",
                           "2026-03-29T12:30:00+2:00",
                           "2026-03-29T12:30:00+24:00",
                           "2026-03-29T12:30:00+02:60",
                           "2026-03-29T12:30:00+02:00:00",
                           "2026-03-29T12:30:00+02:00Z",
                           "2026-03-29T12:30:00Z ",
                           " 2026-03-29T12:30:00Z",
                           "2026-03-29T12:30:00Z\n",
                           "2026-03-29T12:30:00ZZ",
                           "2026-03-29T12:30:00UTC",
                           "2026-03-29T12:30:00 Z",
                           "2026-03-29T12:30:00+02:00[Europe/Berlin]",
                           "2026-3-29T12:30:00Z",
                           "26-03-29T12:30:00Z",
                           "+2026-03-29T12:30:00Z",
                           "-2026-03-29T12:30:00Z",
                           "02026-03-29T12:30:00Z",
                           "2026-03-29T1:30:00Z",
                           "2026-03-29T12:3:00Z",
                           "2026/03/29T12:30:00Z",
                           "20260329T123000Z",
                           "2026-088T12:30:00Z",
                           "2026-W13-7T12:30:00Z",
                           "2026-03-29T12-30-00Z",
                           "2026-03-29T12:30:0xZ",
                           "2026-03-29T+2:30:00Z",
                           "2026-03-29T12:30:-1Z",
                           "2026-03-29T12:30:00.-1Z",
                           "2026-03-29T12:30:00\u221202:00",
                           "２026-03-29T12:30:00Z"}) {
    EXPECT_EQ(parse_instant(text), std::nullopt) << text;
  }
  EXPECT_EQ(parse_instant(std::string_view("2026-03-29T12:30:00Z\0", 21)), std::nullopt);
  EXPECT_EQ(parse_instant(std::string_view("2026-03-29T12:3\0:00Z", 20)), std::nullopt);
}

TEST(ParseInstant, refuses_a_good_text_with_any_one_byte_taken_out_or_doubled) {
  for (const std::string good : {"2026-03-29T12:30:00Z", "2026-03-29T14:30:00+02:00"}) {
    for (std::size_t i = 0; i < good.size(); ++i) {
      std::string shorter = good;
      shorter.erase(i, 1);
      EXPECT_EQ(parse_instant(shorter), std::nullopt) << shorter;
      std::string longer = good;
      longer.insert(i, 1, good[i]);
      EXPECT_EQ(parse_instant(longer), std::nullopt) << longer;
    }
  }
}

TEST(FormatInstant, writes_utc_and_a_fraction_only_where_there_is_one) {
  EXPECT_EQ(format_instant(utc(2026, 3, 29, 12h + 30min)), "2026-03-29T12:30:00Z");
  EXPECT_EQ(format_instant(utc(2026, 3, 29, 250ms)), "2026-03-29T00:00:00.250000Z");
  EXPECT_EQ(format_instant(utc(2026, 3, 29, 1us)), "2026-03-29T00:00:00.000001Z");
  EXPECT_EQ(format_instant(utc(2028, 2, 29, 23h + 59min + 59s)), "2028-02-29T23:59:59Z");
  EXPECT_EQ(format_instant(Instant{}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(format_instant(Instant{-1us}), "1969-12-31T23:59:59.999999Z");
}

TEST(FormatInstant, writes_years_of_any_length) {
  EXPECT_EQ(format_instant(utc(9999, 12, 31)), "9999-12-31T00:00:00Z");
  EXPECT_EQ(format_instant(utc(10000, 1, 1)), "+10000-01-01T00:00:00Z");
  EXPECT_EQ(format_instant(utc(-1, 1, 1)), "-0001-01-01T00:00:00Z");
}

TEST(FormatInstant, appends_to_what_is_there) {
  std::string text = "at ";
  append_instant(text, utc(2026, 3, 29));
  EXPECT_EQ(text, "at 2026-03-29T00:00:00Z");
}

RC_GTEST_PROP(Instants, R60_read_back_as_written, ()) {
  const auto span = (end_of_instants - earliest_instant).count();
  const Instant instant = earliest_instant + microseconds{*rc::gen::inRange<std::int64_t>(0, span)};
  RC_ASSERT(parse_instant(format_instant(instant)) == instant);
}

RC_GTEST_PROP(Instants, mean_the_same_under_every_offset, ()) {
  const Instant instant =
      utc(2001, 1, 1) + std::chrono::minutes{*rc::gen::inRange<std::int64_t>(0, 52'000'000)};
  const int offset = *rc::gen::inRange(-1439, 1440);
  std::string text = format_instant(instant + std::chrono::minutes{offset});
  text.pop_back();
  text += offset < 0 ? '-' : '+';
  text += format_time(LocalTime{std::abs(offset)});
  RC_ASSERT(parse_instant(text) == instant);
}

RC_GTEST_PROP(Instants, never_read_what_they_would_not_write_the_same_way,
              (const std::string& garbage)) {
  if (const auto instant = parse_instant(garbage)) {
    RC_ASSERT(parse_instant(format_instant(*instant)) == instant);
  }
}

}  // namespace
}  // namespace frontdesk

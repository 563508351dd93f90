#include "notifications/phrase.hpp"

#include <string>

#include <gtest/gtest.h>

namespace frontdesk::notifications {
namespace {

std::string filled(std::string_view tag, std::string_view text, const Values& values) {
  const auto phrase = Phrase::read(text);
  EXPECT_TRUE(phrase.has_value()) << text << ": " << phrase.error();
  return Locale(tag).fill(*phrase, values);
}

std::string refusal(std::string_view text) {
  const auto phrase = Phrase::read(text);
  EXPECT_FALSE(phrase.has_value()) << text;
  return phrase ? std::string() : phrase.error();
}

Moment at(std::string_view instant, std::string_view zone) {
  return Moment{.at = parse_instant(instant).value(), .zone = Zone::find(zone).value()};
}

TEST(Phrase, is_filled_with_names_and_numbers) {
  EXPECT_EQ(filled("en", "Hello {name}, {n} times", {{"name", "Ann"}, {"n", 1234}}),
            "Hello Ann, 1,234 times");
  EXPECT_EQ(filled("de", "{n}", {{"n", 1234567}}), "1.234.567");
  EXPECT_EQ(filled("ar", "{n}", {{"n", 45}}), "45");
}

TEST(Phrase, what_stands_in_a_value_is_never_read_as_a_phrase) {
  const Values hostile{{"name", "{n, plural, other {#}} ' '' {0} #"}, {"n", 3}};
  EXPECT_EQ(filled("en", "To {name}", hostile), "To {n, plural, other {#}} ' '' {0} #");
  EXPECT_EQ(filled("en", "To {name} {n, plural, one {#} other {# x}}", hostile),
            "To {n, plural, other {#}} ' '' {0} # 3 x");
}

TEST(Phrase, arabic_has_six_plurals) {
  const auto days = [](std::int64_t n) {
    return filled(
        "ar",
        "{n, plural, zero {صفر} one {يوم} two {يومان} few {# أيام} many {# يومًا} other {# يوم}}",
        {{"n", n}});
  };
  EXPECT_EQ(days(0), "صفر");
  EXPECT_EQ(days(1), "يوم");
  EXPECT_EQ(days(2), "يومان");
  EXPECT_EQ(days(3), "3 أيام");
  EXPECT_EQ(days(11), "11 يومًا");
  EXPECT_EQ(days(100), "100 يوم");
}

TEST(Phrase, says_what_it_uses) {
  const auto phrase = Phrase::read("{a} {n, plural, one {# of {a}} other {{b}}} {a}");
  ASSERT_TRUE(phrase.has_value());
  EXPECT_EQ(phrase->uses(), (std::vector<Phrase::Use>{{"a", false}, {"n", true}, {"b", false}}));
}

TEST(Phrase, refuses_what_icu_or_a_translator_would_trip_over) {
  EXPECT_NE(refusal("Hello {name").find("braces"), std::string::npos);
  EXPECT_NE(refusal("Hello name}}").find("closes nothing"), std::string::npos);
  EXPECT_NE(refusal("{n, plural, one {#}}").find("plural is not complete"), std::string::npos);
  EXPECT_NE(refusal("l'{service}").find("write ’"), std::string::npos);
  EXPECT_NE(refusal("{0}").find("names, not numbers"), std::string::npos);
  EXPECT_NE(refusal("{at, date, full}").find("only plural"), std::string::npos);
  EXPECT_NE(refusal("{at, select, a {x} other {y}}").find("only plural"), std::string::npos);
  EXPECT_NE(refusal("a\r\nBcc: x").find("control character"), std::string::npos);
  EXPECT_NE(refusal("\xff").find("UTF-8"), std::string::npos);
  EXPECT_NE(refusal(std::string(2001, 'a')).find("longer"), std::string::npos);
}

TEST(Locale, R61_a_moment_is_the_businesss_wall_time_and_names_the_zone) {
  const auto moment = at("2026-03-03T13:30:00Z", "Europe/Berlin");
  EXPECT_EQ(Locale("en").moment(moment), "Tuesday, 3 March 2026 at 14:30 (Europe/Berlin)");
  EXPECT_EQ(Locale("de").moment(moment), "Dienstag, 3. März 2026 um 14:30 (Europe/Berlin)");
  EXPECT_EQ(Locale("es").moment(moment), "martes, 3 de marzo de 2026, 14:30 (Europe/Berlin)");
  EXPECT_EQ(Locale("fr").moment(moment), "mardi 3 mars 2026 à 14:30 (Europe/Berlin)");
  EXPECT_EQ(Locale("ar").moment(moment),
            "الثلاثاء، 3 مارس 2026 في 2:30 م (\u2068Europe/Berlin\u2069)");
  EXPECT_EQ(Locale("en").moment_short(moment), "Tue, 3 Mar, 14:30 (Europe/Berlin)");
}

TEST(Locale, the_region_decides_how_a_date_is_written) {
  const LocalDate date{std::chrono::year{2027} / std::chrono::January / 6};
  EXPECT_EQ(Locale("de-AT").day(date), "Mittwoch, 6. Jänner 2027");
  EXPECT_EQ(Locale("en-US").day(date), "Wednesday, January 6, 2027");
  EXPECT_EQ(Locale("en-US").time(std::chrono::hours{14}), "2:00\u202fPM");
  // The Islamic and Buddhist calendars would be these regions' own.
  EXPECT_NE(Locale("ar-SA").day(date).find("2027"), std::string::npos);
  EXPECT_NE(Locale("en-TH").day(date).find("2027"), std::string::npos);
}

TEST(Locale, R61_an_hour_that_comes_twice_says_which_one_it_is) {
  const Locale english("en");
  EXPECT_EQ(english.moment(at("2026-10-25T00:30:00Z", "Europe/Berlin")),
            "Sunday, 25 October 2026 at 02:30 (Europe/Berlin, UTC+02:00)");
  EXPECT_EQ(english.moment(at("2026-10-25T01:30:00Z", "Europe/Berlin")),
            "Sunday, 25 October 2026 at 02:30 (Europe/Berlin, UTC+01:00)");
  EXPECT_EQ(english.moment(at("2026-10-25T02:00:00Z", "Europe/Berlin")),
            "Sunday, 25 October 2026 at 03:00 (Europe/Berlin)");
  EXPECT_EQ(english.moment(at("2026-11-01T06:30:00Z", "America/New_York")),
            "Sunday, 1 November 2026 at 01:30 (America/New_York, UTC-05:00)");
  // The clock jumps from 02:00 to 03:00: no wall time between is ever written.
  EXPECT_EQ(english.moment(at("2026-03-29T00:59:59Z", "Europe/Berlin")),
            "Sunday, 29 March 2026 at 01:59 (Europe/Berlin)");
  EXPECT_EQ(english.moment(at("2026-03-29T01:00:00Z", "Europe/Berlin")),
            "Sunday, 29 March 2026 at 03:00 (Europe/Berlin)");
  // Beyond the zone data of many libraries.
  EXPECT_EQ(english.moment(at("2045-07-01T12:00:00Z", "Europe/Berlin")),
            "Saturday, 1 July 2045 at 14:00 (Europe/Berlin)");
}

TEST(Locale, the_end_of_a_day_is_midnight) {
  EXPECT_EQ(Locale("de").time(std::chrono::hours{24}), "00:00");
  EXPECT_EQ(Locale("de").time(std::chrono::hours{0}), "00:00");
}

TEST(Locale, money_has_the_digits_of_its_currency) {
  const Locale english("en");
  EXPECT_EQ(english.money({.amount_minor = 4500, .currency = "EUR"}), "€45.00");
  EXPECT_EQ(english.money({.amount_minor = -5, .currency = "GBP"}), "-£0.05");
  EXPECT_EQ(english.money({.amount_minor = 4500, .currency = "JPY"}), "JP¥4,500");
  EXPECT_NE(Locale("ar").money({.amount_minor = 4500, .currency = "KWD"}).find("4.500"),
            std::string::npos);
  EXPECT_NE(english.money({.amount_minor = 123456, .currency = "HUF"}).find("1,234.56"),
            std::string::npos);
  EXPECT_NE(english.money({.amount_minor = 9'007'199'254'740'993, .currency = "EUR"})
                .find("90,071,992,547,409.93"),
            std::string::npos)
      << "more than a double holds";
  EXPECT_EQ(Locale("de-CH").money({.amount_minor = 100'000, .currency = "CHF"}),
            "CHF\u00a01’000.00");
}

}  // namespace
}  // namespace frontdesk::notifications

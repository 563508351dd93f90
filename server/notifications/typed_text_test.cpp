#include "notifications/typed_text.hpp"

#include "core/utf8.hpp"
#include "notifications/sms.hpp"
#include "notifications/testing_messages.hpp"

#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace frontdesk::notifications::testing {
namespace {

TEST(TypedText, R33_is_on_one_line) {
  EXPECT_EQ(clean("Cut\r\nBcc: x@y.test", 80), "Cut Bcc: x@y.test");
  EXPECT_EQ(clean("  a\t\tb\u2028c\u2029d\u0085e\x7f ", 80), "a b c d e");
  EXPECT_EQ(clean(std::string("a\0b", 3), 80), "a b");
}

TEST(TypedText, cannot_turn_the_direction_of_what_stands_around) {
  EXPECT_EQ(clean("\u202eevil\u202c \u2067x\u2069\u200f\u061c\u200b\ufeff", 80), "evil x");
  EXPECT_EQ(clean("\u202e\u200b", 80), "");
}

TEST(TypedText, keeps_letters_emoji_and_joiners) {
  EXPECT_EQ(clean("Zoë 👩‍🔧 محمد 王", 80), "Zoë 👩‍🔧 محمد 王");
}

TEST(TypedText, is_shortened_at_a_character) {
  EXPECT_EQ(clean("abcdef", 6), "abcdef");
  EXPECT_EQ(clean("abcdefg", 6), "abcde…");
  EXPECT_EQ(clean("abcd efg", 6), "abcd…");
  EXPECT_EQ(clean(std::string(100'000, 'x'), 3), "xx…");
  EXPECT_EQ(clean("ééééé", 3), "éé…");
}

TEST(TypedText, bytes_that_are_no_utf_8_are_replaced) {
  EXPECT_EQ(clean("a\xff\xc3z\xe2\x82", 80), "a\ufffd\ufffdz\ufffd\ufffd");
  EXPECT_EQ(clean("\xed\xa0\x80", 80), "\ufffd\ufffd\ufffd") << "a surrogate";
}

RC_GTEST_PROP(TypedText, any_bytes_come_out_as_one_clean_line, (const std::string& bytes)) {
  const auto cleaned = clean(bytes, 20);
  const auto points = count_code_points(cleaned);
  RC_ASSERT(points.has_value());
  RC_ASSERT(*points <= 20);
  RC_ASSERT(std::ranges::none_of(cleaned, [](unsigned char c) { return c < 0x20 || c == 0x7f; }));
  RC_ASSERT(clean(cleaned, 20) == cleaned);
}

// Reads references back, and nothing else.
std::string unescaped(std::string text) {
  for (const auto& [reference, plain] :
       {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}}) {
    for (std::size_t at = 0; (at = text.find(reference, at)) != std::string::npos; ++at) {
      text.replace(at, std::string_view(reference).size(), plain);
    }
  }
  return text;
}

RC_GTEST_PROP(EscapeHtml, loses_nothing_and_leaves_nothing_to_markup, (const std::string& text)) {
  const auto escaped = escape_html(text);
  RC_ASSERT(escaped.find_first_of("<>\"'") == std::string::npos);
  RC_ASSERT(unescaped(escaped) == text);
}

std::string hostile_text() {
  std::string alphabet = "<>&\"'{}#|\\/= \r\n\tabcdefghij;:%-\xd9\x85\xe2\x80\xae\xff";
  alphabet.push_back('\0');
  return *rc::gen::container<std::string>(rc::gen::elementOf(alphabet));
}

RC_GTEST_PROP(Messages, R33_no_name_breaks_a_subject_or_the_document, ()) {
  static const auto structure = [](const std::string& html) {
    std::string tags;
    bool in_tag = false;
    for (const char c : html) {
      in_tag = in_tag || c == '<';
      if (in_tag) tags.push_back(c);
      if (c == '>') in_tag = false;
    }
    return tags;
  };
  static const auto expected = structure(rendered("staff.cancelled", Channel::email, "en").html);
  auto facts = sample_facts(event_named("staff.cancelled"));
  for (const auto name : {"service", "customer"}) facts[name] = hostile_text();
  const auto made = rendered("staff.cancelled", Channel::email, "en", facts);
  RC_ASSERT(structure(made.html) == expected);
  RC_ASSERT(made.subject.find_first_of("\r\n") == std::string::npos);
  RC_ASSERT(is_utf8(made.subject) && is_utf8(made.text) && is_utf8(made.html));
  const auto notice = rendered("staff.cancelled", Channel::push, "en", facts);
  RC_ASSERT(notice.text.find_first_of("\r\n") == std::string::npos);
}

TEST(Messages, names_of_a_thousand_characters_and_markup_do_no_harm) {
  auto facts = sample_facts(event_named("appointment.booked"));
  facts["service"] = "<script>alert(1)</script>\r\nBcc: x@y.test" + std::string(1000, 'W');
  facts["name"] = "\u202eRobin\u202c</p><img src=x onerror=y>";
  facts["staff"] = std::string(1000, '\'');
  const auto mail = rendered("appointment.booked", Channel::email, "en", facts);
  EXPECT_EQ(mail.html.find("<script"), std::string::npos);
  EXPECT_EQ(mail.html.find("<img"), std::string::npos);
  EXPECT_EQ(mail.html.find("\u202e"), std::string::npos);
  EXPECT_EQ(mail.text.find("\u202e"), std::string::npos);
  EXPECT_EQ(mail.subject.find_first_of("\r\n"), std::string::npos);
  EXPECT_LT(mail.subject.size(), 200);
  EXPECT_LT(mail.html.size(), 10'000);
  const auto sms = rendered("appointment.booked", Channel::sms, "en", facts);
  EXPECT_LE(measure_sms(sms.text).segments, 2);
  EXPECT_NE(sms.text.find("14:30"), std::string::npos) << sms.text;
  const auto arabic = rendered("appointment.booked", Channel::sms, "ar", facts);
  EXPECT_LE(measure_sms(arabic.text).segments, 2) << arabic.text;
}

TEST(Messages, a_name_of_another_direction_is_isolated) {
  auto facts = sample_facts(event_named("appointment.booked"));
  facts["name"] = "محمد";
  const auto made = rendered("appointment.booked", Channel::email, "de", facts);
  EXPECT_NE(made.text.find("Guten Tag \u2068محمد\u2069,"), std::string::npos);
}

TEST(Sms, is_counted_in_segments_of_its_alphabet) {
  const auto size = [](const std::string& text) {
    const auto measured = measure_sms(text);
    return std::tuple(measured.gsm7, measured.units, measured.segments);
  };
  EXPECT_EQ(size(""), std::tuple(true, 0, 1));
  EXPECT_EQ(size(std::string(160, 'a')), std::tuple(true, 160, 1));
  EXPECT_EQ(size(std::string(161, 'a')), std::tuple(true, 161, 2));
  EXPECT_EQ(size(std::string(306, 'a')), std::tuple(true, 306, 2));
  EXPECT_EQ(size(std::string(307, 'a')), std::tuple(true, 307, 3));
  EXPECT_EQ(size("äöüÄÖÜßéèñ¿¡@£$Δ"), std::tuple(true, 16, 1));
  EXPECT_EQ(size("€[]"), std::tuple(true, 6, 1));
  EXPECT_EQ(size("á"), std::tuple(false, 1, 1));
  EXPECT_EQ(size("`"), std::tuple(false, 1, 1)) << "ASCII, but not GSM";
  EXPECT_EQ(size("👩"), std::tuple(false, 2, 1));
  // The extension's escape and a surrogate pair stay together.
  EXPECT_EQ(size(std::string(152, 'a') + "€" + std::string(151, 'a') + "bb"),
            std::tuple(true, 307, 3));
  std::string arabic;
  for (int i = 0; i < 70; ++i) arabic += "م";
  EXPECT_EQ(size(arabic), std::tuple(false, 70, 1));
  EXPECT_EQ(size(arabic + "م"), std::tuple(false, 71, 2));
}

TEST(Sms, typographic_characters_are_plain_where_that_saves_a_segment) {
  EXPECT_EQ(economical_sms("l’heure : “a” – b…"), "l'heure : \"a\" - b...");
  EXPECT_EQ(economical_sms("está “a”"), "está “a”") << "á is not in the alphabet anyway";
}

}  // namespace
}  // namespace frontdesk::notifications::testing

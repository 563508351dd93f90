#include "core/email_address.hpp"

#include "core/utf8.hpp"

#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace frontdesk {
namespace {

std::string normalised(std::string_view text) {
  const auto address = EmailAddress::parse(text);
  return address ? address->text() : "(refused)";
}

TEST(EmailAddress, R04_spellings_of_one_address_are_one) {
  EXPECT_EQ(normalised("  Ada@Example.TEST "), "ada@example.test");
  EXPECT_EQ(normalised("ＡＤＡ＠example.test"), "ada@example.test");  // full width
  EXPECT_EQ(normalised("\u00a0ada@example.test\u3000"), "ada@example.test");
  EXPECT_EQ(normalised("JOSE\u0301@example.test"), normalised("jos\u00e9@example.test"));
  EXPECT_EQ(normalised("first.o'last+tag@sub.example.test"), "first.o'last+tag@sub.example.test");
  EXPECT_EQ(normalised("ada@b\u00dccher.test"), "ada@b\u00fccher.test");
}

TEST(EmailAddress, R04_hidden_characters_are_refused) {
  for (const char* hidden : {"\u200b", "\u200c", "\u200d", "\ufeff", "\u00ad", "\u202e", "\u2060",
                             "\u034f", "\u115f", "\ufe0f", "\u180b", "\u3164", "\u0378", "\ue000",
                             "\u2028", "\u0085", "\x01",   "\x7f",   "\t",     "\r",     "\n"}) {
    EXPECT_EQ(normalised(std::string("ad") + hidden + "a@example.test"), "(refused)");
    EXPECT_EQ(normalised(std::string("ada@example.test") + hidden), "(refused)");
  }
  EXPECT_FALSE(EmailAddress::parse(std::string_view("ada\0@example.test", 17)));
}

TEST(EmailAddress, R04_what_is_no_address_is_refused) {
  for (const char* text : {"",
                           " ",
                           "ada",
                           "@",
                           "ada@",
                           "@example.test",
                           "ada@example",
                           "ada@@example.test",
                           "a@b@example.test",
                           "ada@.test",
                           "ada@example..test",
                           "ada@example.test.",
                           ".ada@example.test",
                           "ada.@example.test",
                           "a..da@example.test",
                           "ada @example.test",
                           "ada@exam ple.test",
                           "ada@[127.0.0.1]",
                           "\"ada\"@example.test",
                           "ada@-example.test",
                           "ada@example-.test",
                           "ada@exa_mple.test",
                           "Ada <ada@example.test>",
                           "ada@example.test,bob@example.test",
                           "ada@example.test\r\nBcc: bob@example.test",
                           "ada(x)@example.test",
                           "ada@\xff\xfe.test"}) {
    EXPECT_EQ(normalised(text), "(refused)") << text;
  }
}

TEST(EmailAddress, the_longest_address_is_254_bytes) {
  const std::string local(64, 'a');
  const std::string labels =
      std::string(63, 'b') + "." + std::string(63, 'c') + "." + std::string(56, 'd');
  const std::string longest = local + "@" + labels + ".test";
  ASSERT_EQ(longest.size(), 254U);
  EXPECT_EQ(normalised(longest), longest);
  EXPECT_EQ(normalised(local + "@" + labels + "d.test"), "(refused)");
  EXPECT_EQ(normalised(std::string(65, 'a') + "@example.test"), "(refused)");
  EXPECT_EQ(normalised("a@" + std::string(64, 'b') + ".test"), "(refused)");
  EXPECT_EQ(normalised(std::string(100'000, 'a')), "(refused)");
}

RC_GTEST_PROP(EmailAddress, R04_normalising_twice_changes_nothing, ()) {
  const auto characters = rc::gen::elementOf(std::vector<std::string>{
      "a",       "Z",      "9",      ".",      "@",      "+",      "\u00df",
      "\u0130",  "\u1e9e", "\u0345", "\u03a3", "\u01c5", "\ufb03", "\u212b",
      "e\u0301", "\u0390", "\u1fb3", "\uff21", "\u2126", "\u13a0", " "});
  std::string text = "x";
  for (const auto& part : *rc::gen::container<std::vector<std::string>>(characters)) text += part;
  text += "@example.test";
  if (const auto address = EmailAddress::parse(text)) {
    RC_ASSERT(EmailAddress::parse(address->text()) == address);
    RC_ASSERT(is_utf8(address->text()));
    RC_ASSERT(address->text().size() <= EmailAddress::max_bytes);
  }
}

TEST(Utf8, counts_code_points) {
  EXPECT_EQ(count_code_points(""), 0U);
  EXPECT_EQ(count_code_points("abcdefghij"), 10U);
  EXPECT_EQ(count_code_points("a\u00e9\u20ac\U0001f600"), 4U);
  EXPECT_EQ(count_code_points("12345678\u00e912345678"), 17U);
}

TEST(Utf8, refuses_every_malformed_sequence) {
  for (const char* text :
       {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc3", "\xc3(", "\xe0\x80\x80", "\xe0\x9f\xbf",
        "\xe2\x82", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xff", "\xf0\x9f\x98", "abcdefgh\xe2\x82",
        "\xe2\x28\xa1"}) {
    EXPECT_FALSE(is_utf8(text));
  }
}

}  // namespace
}  // namespace frontdesk

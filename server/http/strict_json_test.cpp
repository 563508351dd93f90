#include "http/strict_json.hpp"

#include <string>

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace frontdesk::http {
namespace {

using namespace std::string_literals;

bool accepts(std::string_view text) {
  return parse_strict_json(text).has_value();
}

std::string nested(std::size_t depth, char open, char close) {
  return std::string(depth, open) + std::string(depth, close);
}

TEST(StrictJson, reads_every_kind_of_value) {
  for (const auto* text : {"null", "true", "false", "0", "-0", "-12", "1.5", "1e3", "\"\"", "[]",
                           "{}", R"({"a":[1,{"b":null}]})", " \t\r\n{} \n"}) {
    EXPECT_TRUE(accepts(text)) << text;
  }
}

TEST(StrictJson, R30_refusal_is_400_malformed_json) {
  const auto value = parse_strict_json("{");
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().kind, ErrorKind::malformed);
  EXPECT_EQ(value.error().code, "malformed_json");
  EXPECT_TRUE(value.error().fields.empty());
}

TEST(StrictJson, R30_refuses_what_is_not_json) {
  for (const auto* text : {"",
                           " ",
                           "{",
                           "}",
                           "[1,]",
                           "{\"a\":1,}",
                           "{a:1}",
                           "{'a':1}",
                           "[1 2]",
                           "{\"a\" 1}",
                           "nul",
                           "True",
                           "NaN",
                           "Infinity",
                           "-Infinity",
                           "+1",
                           "01",
                           ".5",
                           "1.",
                           "1e",
                           "0x10",
                           "-",
                           "// c\n1",
                           "/* c */1",
                           "\"\\x41\"",
                           "\"\\u12\"",
                           "\"tab\there\"",
                           "\"line\nhere\""}) {
    EXPECT_FALSE(accepts(text)) << text;
  }
}

TEST(StrictJson, R30_refuses_anything_after_the_value) {
  for (const auto* text : {"{} {}", "1 2", "{}x", "[]]", "null,", "{}\v"}) {
    EXPECT_FALSE(accepts(text)) << text;
  }
  EXPECT_FALSE(accepts("{}\0"s));
}

TEST(StrictJson, R30_nests_at_most_32_deep) {
  EXPECT_TRUE(accepts(nested(32, '[', ']')));
  EXPECT_FALSE(accepts(nested(33, '[', ']')));
  EXPECT_FALSE(accepts(std::string(100'000, '[')));
  std::string objects = "1";
  for (int i = 0; i < 32; ++i) objects = R"({"a":)" + objects + "}";
  EXPECT_TRUE(accepts(objects));
  EXPECT_FALSE(accepts(R"({"a":)" + objects + "}"));
}

TEST(StrictJson, R30_refuses_a_name_twice_at_any_depth) {
  EXPECT_FALSE(accepts(R"({"a":1,"a":1})"));
  EXPECT_FALSE(accepts(R"({"a":1,"b":2,"a":3})"));
  EXPECT_FALSE(accepts(R"([{"x":{"a":1,"a":2}}])"));
  EXPECT_FALSE(accepts(R"({"a":1,"\u0061":2})")) << "the same name, escaped";
  EXPECT_FALSE(accepts(R"({"a":{"b":1},"a":{"b":1,"c":2}})"));
  EXPECT_FALSE(accepts(R"({"":1,"":2})"));
  EXPECT_TRUE(accepts(R"({"a":{"a":1},"A":2})"));
  EXPECT_TRUE(accepts(R"([{"a":1},{"a":1}])"));
}

TEST(StrictJson, R30_refuses_a_name_twice_in_a_large_object) {
  std::string members;
  for (int i = 0; i < 500; ++i) members += "\"k" + std::to_string(i) + "\":0,";
  EXPECT_TRUE(accepts("{" + members + "\"last\":0}"));
  EXPECT_FALSE(accepts("{" + members + "\"k250\":0}"));
}

TEST(StrictJson, R30_wants_well_formed_utf8) {
  EXPECT_TRUE(accepts("\"\xc3\xa4\xe2\x82\xac\xf0\x9f\x92\x88\""));
  for (const auto* bytes : {"\x80", "\xc3", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80",
                            "\xed\xbf\xbf", "\xf0\x80\x80\xaf", "\xf4\x90\x80\x80", "\xff"}) {
    EXPECT_FALSE(accepts("\""s + bytes + "\"")) << "in a text";
    EXPECT_FALSE(accepts("{\""s + bytes + "\":1}")) << "in a name";
  }
  EXPECT_FALSE(accepts("\xef\xbb\xbf{}")) << "byte order mark";
}

TEST(StrictJson, R30_refuses_nul_raw_and_escaped) {
  EXPECT_FALSE(accepts("\"a\0b\""s));
  EXPECT_FALSE(accepts(R"("\u0000")"));
  EXPECT_FALSE(accepts(R"("abc\u0000def")"));
  EXPECT_FALSE(accepts(R"({"\u0000":1})"));
  EXPECT_TRUE(accepts(R"("\u0001")"));
  EXPECT_TRUE(accepts(R"("\\u0000")"));
}

TEST(StrictJson, R30_refuses_lone_surrogates) {
  EXPECT_TRUE(accepts(R"("\ud83d\ude00")"));
  for (const auto* text : {R"("\ud83d")", R"("\ude00")", R"("\ude00\ud83d")", R"("\ud83dx")",
                           R"("\ud83d\n")", R"("\ud83d\u0041")", R"({"\ud800":1})"}) {
    EXPECT_FALSE(accepts(text)) << text;
  }
}

TEST(StrictJson, R30_refuses_numbers_beyond_a_double) {
  for (const auto* text : {"1e999", "-1e999", "[1e400]", "1e99999999999"}) {
    EXPECT_FALSE(accepts(text)) << text;
  }
  EXPECT_FALSE(accepts("1" + std::string(400, '0')));
  EXPECT_TRUE(accepts("1e308"));
  EXPECT_TRUE(accepts("1e-999")) << "zero, near enough";
}

TEST(StrictJson, keeps_integers_of_int64_exact) {
  EXPECT_EQ(parse_strict_json("9223372036854775807")->as_int64(), INT64_MAX);
  EXPECT_EQ(parse_strict_json("-9223372036854775808")->as_int64(), INT64_MIN);
  EXPECT_FALSE(parse_strict_json("9223372036854775808")->is_int64());
  EXPECT_FALSE(parse_strict_json("-9223372036854775809")->is_int64());
}

RC_GTEST_PROP(StrictJson, whatever_it_accepts_reads_the_same_again, (const std::string& text)) {
  const auto value = parse_strict_json(text);
  if (!value) return;
  const auto again = parse_strict_json(boost::json::serialize(*value));
  RC_ASSERT(again.has_value());
  if (!value->is_double()) RC_ASSERT(*again == *value);
}

}  // namespace
}  // namespace frontdesk::http

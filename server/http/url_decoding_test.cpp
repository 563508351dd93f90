#include "http/url_decoding.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

TEST(PercentDecode, decodes_once) {
  EXPECT_EQ(percent_decode("a%20b%2Fc%2fd"), "a b/c/d");
  EXPECT_EQ(percent_decode("%2541"), "%41");
  EXPECT_EQ(percent_decode("a+b"), "a+b");
  EXPECT_EQ(percent_decode("%00"), std::string(1, '\0'));
  EXPECT_EQ(percent_decode(""), "");
}

TEST(PercentDecode, refuses_bad_escapes) {
  for (const auto* text : {"%", "%4", "a%", "%g0", "%0g", "%%20", "%-1", "% 1"}) {
    EXPECT_EQ(percent_decode(text), std::nullopt) << text;
  }
}

TEST(ParseQuery, reads_names_and_values_in_order) {
  EXPECT_THAT(*parse_query("a=1&b=two+words&a=%C3%A4%26&empty=&bare&=x&c=d=e"),
              ElementsAre(Pair("a", "1"), Pair("b", "two words"), Pair("a", "\xc3\xa4&"),
                          Pair("empty", ""), Pair("bare", ""), Pair("", "x"), Pair("c", "d=e")));
}

TEST(ParseQuery, skips_empty_parameters) {
  EXPECT_THAT(*parse_query(""), IsEmpty());
  EXPECT_THAT(*parse_query("&&"), IsEmpty());
  EXPECT_THAT(*parse_query("&a=1&"), ElementsAre(Pair("a", "1")));
}

TEST(ParseQuery, R31_refuses_what_is_not_encoded_properly) {
  for (const auto* query :
       {"a=%", "a=%zz", "%=1", "a=%00", "%00=1", "a=%ff", "a=%C3", "a=%ED%A0%80", "a=1&b=%2"}) {
    const auto parameters = parse_query(query);
    ASSERT_FALSE(parameters) << query;
    EXPECT_EQ(parameters.error().kind, ErrorKind::malformed);
    EXPECT_EQ(parameters.error().code, "malformed_request");
  }
}

TEST(ParseQuery, has_at_most_50_parameters) {
  std::string query = "a=1";
  for (int i = 1; i < 50; ++i) query += "&a=1";
  EXPECT_EQ(parse_query(query)->size(), 50u);
  EXPECT_FALSE(parse_query(query + "&a=1"));
}

}  // namespace
}  // namespace frontdesk::http

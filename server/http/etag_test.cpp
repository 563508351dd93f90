#include "http/etag.hpp"

#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace frontdesk::http {
namespace {

TEST(ETag, is_weak_and_the_same_on_every_instance) {
  EXPECT_EQ(weak_etag("hello").size(), std::string_view("W/\"0123456789abcdef\"").size());
  EXPECT_TRUE(weak_etag("hello").starts_with("W/\""));
  EXPECT_EQ(weak_etag("hello"), weak_etag(std::string("hel") + "lo"));
}

TEST(ETag, tells_small_differences_apart) {
  std::set<std::string> tags;
  std::string text(1000, 'x');
  for (std::size_t i = 0; i < text.size(); ++i) {
    text[i] = 'y';
    tags.insert(weak_etag(text));
    text[i] = 'x';
    tags.insert(weak_etag(std::string_view(text).substr(0, i)));
  }
  EXPECT_EQ(tags.size(), 2000u);
  EXPECT_NE(weak_etag(std::string(1, '\0')), weak_etag(""));
  EXPECT_NE(weak_etag(std::string(8, '\0')), weak_etag(std::string(16, '\0')));
}

TEST(IfNoneMatch, compares_weakly) {
  EXPECT_TRUE(etag_matches(R"(W/"a")", R"(W/"a")"));
  EXPECT_TRUE(etag_matches(R"("a")", R"(W/"a")"));
  EXPECT_TRUE(etag_matches(R"(W/"a")", R"("a")"));
  EXPECT_FALSE(etag_matches(R"(W/"b")", R"(W/"a")"));
  EXPECT_FALSE(etag_matches(R"(w/"a")", R"(W/"a")")) << "the prefix has one spelling";
}

TEST(IfNoneMatch, may_be_a_list) {
  EXPECT_TRUE(etag_matches(R"("x", W/"y",  "a")", R"(W/"a")"));
  EXPECT_TRUE(etag_matches(R"("x","a")", R"(W/"a")"));
  EXPECT_TRUE(etag_matches(R"("x",,"a" , )", R"(W/"a")"));
  EXPECT_TRUE(etag_matches(R"("a,b", "a")", R"(W/"a")")) << "a comma inside a tag";
  EXPECT_FALSE(etag_matches(R"("b, "a"", "c")", R"(W/"a")"));
}

TEST(IfNoneMatch, a_star_matches_anything) {
  EXPECT_TRUE(etag_matches("*", R"(W/"a")"));
  EXPECT_TRUE(etag_matches(" * ", R"(W/"a")"));
  EXPECT_FALSE(etag_matches("\"x\", *", R"(W/"a")"));
}

TEST(IfNoneMatch, what_is_malformed_matches_nothing) {
  for (const auto* field : {"", "a", "\"a", "a\"", "W/a", "\"x\" \"a\"", "W/W/\"a\"", ",", "'a'"}) {
    EXPECT_FALSE(etag_matches(field, R"(W/"a")")) << field;
  }
}

RC_GTEST_PROP(IfNoneMatch, any_field_is_judged, (const std::string& field)) {
  etag_matches(field, R"(W/"a")");
}

}  // namespace
}  // namespace frontdesk::http

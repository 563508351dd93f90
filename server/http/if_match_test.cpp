#include "http/if_match.hpp"

#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

TEST(IfMatch, reads_bare_and_quoted_versions) {
  EXPECT_EQ(*read_if_match(""), std::nullopt);
  EXPECT_EQ(*read_if_match("*"), std::nullopt);
  EXPECT_EQ(*read_if_match("7"), 7);
  EXPECT_EQ(*read_if_match("\"12\""), 12);
}

TEST(IfMatch, refuses_anything_else_as_malformed) {
  for (const auto* bad :
       {"abc", "\"\"", "\"", "-1", "1.5", "1,2", " 1", "W/\"1\"", "99999999999999999999", "\"1"}) {
    const auto version = read_if_match(bad);
    ASSERT_FALSE(version) << bad;
    EXPECT_EQ(version.error().kind, ErrorKind::malformed);
    EXPECT_EQ(version.error().code, "invalid_if_match");
  }
}

}  // namespace
}  // namespace frontdesk::http

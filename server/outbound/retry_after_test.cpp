#include "outbound/retry_after.hpp"

#include <gtest/gtest.h>

namespace frontdesk::outbound {
namespace {

using namespace std::chrono_literals;

const std::chrono::system_clock::time_point now{1'772'445'600s};  // 2026-03-02 10:00:00 UTC

TEST(RetryAfter, RFC9110_seconds_or_a_date) {
  EXPECT_EQ(parse_retry_after("0", now), 0s);
  EXPECT_EQ(parse_retry_after("120", now), 120s);
  EXPECT_EQ(parse_retry_after("Mon, 02 Mar 2026 10:01:30 GMT", now), 90s);
  EXPECT_EQ(parse_retry_after("Mon, 02 Mar 2026 09:00:00 GMT", now), 0s);
}

TEST(RetryAfter, an_hour_is_the_most_that_is_believed) {
  EXPECT_EQ(parse_retry_after("3601", now), 3600s);
  EXPECT_EQ(parse_retry_after("99999999999999999999999", now), 3600s);
  EXPECT_EQ(parse_retry_after("Fri, 31 Dec 2100 00:00:00 GMT", now), 3600s);
}

TEST(RetryAfter, anything_else_says_nothing) {
  for (const auto* text : {"", "soon", "-1", "1.5", "1s", " "}) {
    EXPECT_FALSE(parse_retry_after(text, now)) << text;
  }
}

}  // namespace
}  // namespace frontdesk::outbound

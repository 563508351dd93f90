#include "core/time_range.hpp"

#include <gtest/gtest.h>

namespace frontdesk {
namespace {

using namespace std::chrono_literals;

TimeRange range(int start, int end) {
  return {Instant{std::chrono::minutes{start}}, Instant{std::chrono::minutes{end}}};
}

TEST(TimeRange, neighbours_that_touch_do_not_overlap) {
  EXPECT_FALSE(range(0, 30).overlaps(range(30, 60)));
  EXPECT_FALSE(range(30, 60).overlaps(range(0, 30)));
  EXPECT_TRUE(range(0, 31).overlaps(range(30, 60)));
  EXPECT_TRUE(range(0, 60).overlaps(range(20, 30)));
  EXPECT_TRUE(range(20, 30).overlaps(range(0, 60)));
}

TEST(TimeRange, contains_its_own_ends) {
  EXPECT_TRUE(range(0, 60).contains(range(0, 60)));
  EXPECT_TRUE(range(0, 60).contains(range(30, 60)));
  EXPECT_FALSE(range(0, 60).contains(range(30, 61)));
  EXPECT_FALSE(range(1, 60).contains(range(0, 30)));
}

}  // namespace
}  // namespace frontdesk

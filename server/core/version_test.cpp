#include "core/version.hpp"

#include <gtest/gtest.h>

namespace frontdesk {
namespace {

TEST(Version, only_the_present_one_passes_and_no_condition_always_does) {
  EXPECT_FALSE(check_version(std::nullopt, 7));
  EXPECT_FALSE(check_version(7, 7));
  for (const std::int64_t other : {6, 8, 0}) {
    const auto stale = check_version(other, 7);
    ASSERT_TRUE(stale);
    EXPECT_EQ(stale->kind, ErrorKind::stale);
    EXPECT_EQ(stale->code, "stale");
    EXPECT_EQ(stale->details.at("version").as_int64(), 7);
  }
}

}  // namespace
}  // namespace frontdesk

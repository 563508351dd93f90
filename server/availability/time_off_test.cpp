#include "availability/time_off.hpp"

#include "availability/testing_snapshot.hpp"
#include "core/testing_error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::availability {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> problems(const char* start, const char* end,
                                  const char* now = "2030-01-01T00:00:00Z") {
  return frontdesk::testing::problems(check_time_off(range(start, end), at(now)));
}

TEST(TimeOff, may_have_begun_but_must_not_be_over) {
  EXPECT_THAT(problems("2029-12-31T23:00:00Z", "2030-01-01T00:00:00.000001Z"), IsEmpty());
  EXPECT_THAT(problems("2029-12-31T23:00:00Z", "2030-01-01T00:00:00Z"),
              ElementsAre("ends_at:in_the_past"));
}

TEST(TimeOff, I9_ends_after_its_start) {
  EXPECT_THAT(problems("2030-02-01T00:00:00Z", "2030-02-01T00:00:00Z"),
              ElementsAre("ends_at:out_of_range"));
  EXPECT_THAT(problems("2030-02-01T00:00:00Z", "2030-01-31T00:00:00Z"),
              ElementsAre("ends_at:out_of_range"));
  EXPECT_THAT(problems("2030-02-01T00:00:00Z", "2030-02-01T00:00:00.000001Z"), IsEmpty());
}

TEST(TimeOff, lasts_three_years_and_a_leap_day_at_most) {
  EXPECT_THAT(problems("2031-01-01T00:00:00Z", "2034-01-01T00:00:00Z"), IsEmpty());
  EXPECT_THAT(problems("2031-01-01T00:00:00Z", "2034-01-01T00:00:00.000001Z"),
              ElementsAre("ends_at:too_long"));
}

}  // namespace
}  // namespace frontdesk::availability

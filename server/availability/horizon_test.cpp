#include "availability/check.hpp"
#include "availability/testing_snapshot.hpp"

#include <gtest/gtest.h>

namespace frontdesk::availability {
namespace {

using namespace testing;
using std::chrono::days;

/// Open for one slot a day, seen from the second of June; five days ahead.
class Horizon : public ::testing::Test {
 protected:
  void SetUp() override {
    snapshot.rules.max_advance = days{5};
    snapshot.staff.push_back(member(snapshot.zone, {hours("09:00", "10:00")}));
  }
  std::string last_shown() { return shown(snapshot, "2026-06-01", "2026-07-15").back(); }
  bool is_too_far(LocalDate date) {
    const Instant start{std::chrono::sys_days{date.time_since_epoch()} + std::chrono::hours{7}};
    const auto offer = check_start(snapshot, snapshot.staff.front(), start);
    EXPECT_TRUE(offer || offer.error() == Obstacle::too_far);
    return !offer;
  }

  Snapshot snapshot = business("Europe/Berlin", "2026-06-02T04:00:00Z");
};

TEST_F(Horizon, is_the_business_s_where_the_service_has_none) {
  EXPECT_EQ(last_shown(), "2026-06-07 09:00");
  EXPECT_FALSE(is_too_far(day("2026-06-07")));
  EXPECT_TRUE(is_too_far(day("2026-06-08")));
}

TEST_F(Horizon, R57_of_a_service_comes_first_be_it_nearer_or_farther) {
  for (const int advance : {0, 2, 20}) {
    snapshot.service.max_advance = days{advance};
    const LocalDate last = day("2026-06-02") + days{advance};
    EXPECT_EQ(last_shown(), format_date(last) + " 09:00");
    EXPECT_FALSE(is_too_far(last));
    EXPECT_TRUE(is_too_far(last + days{1}));
  }
}

}  // namespace
}  // namespace frontdesk::availability

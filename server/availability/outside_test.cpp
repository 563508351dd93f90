#include "availability/outside.hpp"

#include "availability/check.hpp"
#include "availability/testing_snapshot.hpp"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::availability {
namespace {

using namespace testing;
using std::chrono::days;
using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class Outside : public ::testing::Test {
 protected:
  OccupationId book(std::string_view start, std::string_view end) {
    mara.occupations.push_back(occupation(range(start, end)));
    return mara.occupations.back().id;
  }
  std::vector<OccupationId> found() { return find_outside(berlin, closures, mara); }

  Zone berlin = zone("Europe/Berlin");
  StaffSchedule mara = member(berlin, {hours("09:00", "12:00"), hours("12:00", "13:00")});
  std::vector<LocalDate> closures;
};

TEST_F(Outside, nothing_booked_is_nothing_outside) {
  EXPECT_THAT(found(), IsEmpty());
}

TEST_F(Outside, the_whole_appointment_lies_in_hours_that_may_touch) {
  book("2030-01-07T08:00:00Z", "2030-01-07T09:00:00Z");
  book("2030-01-07T10:30:00Z", "2030-01-07T12:00:00Z");
  const auto early = book("2030-01-08T07:59:00Z", "2030-01-08T09:00:00Z");
  const auto late = book("2030-01-08T11:01:00Z", "2030-01-08T12:01:00Z");
  EXPECT_THAT(found(), ElementsAre(early, late));
}

TEST_F(Outside, closures_time_off_and_other_hours_of_a_day_count) {
  const auto closed = book("2030-01-07T08:00:00Z", "2030-01-07T09:00:00Z");
  const auto away = book("2030-01-08T08:00:00Z", "2030-01-08T09:00:00Z");
  const auto other = book("2030-01-09T08:00:00Z", "2030-01-09T09:00:00Z");
  book("2030-01-10T08:00:00Z", "2030-01-10T09:00:00Z");
  closures = {day("2030-01-07")};
  mara.time_off = {range("2030-01-08T08:59:00Z", "2030-01-08T20:00:00Z"),
                   range("2030-01-10T09:00:00Z", "2030-01-10T20:00:00Z")};
  mara.overrides = {{day("2030-01-09"), {hours("14:00", "15:00")}}};
  EXPECT_THAT(found(), ElementsAre(closed, away, other));
}

TEST_F(Outside, R57_what_is_outside_is_what_could_not_be_booked_there) {
  std::mt19937 random(20300107);
  const auto below = [&random](int end) {
    return std::uniform_int_distribution<int>(0, end - 1)(random);
  };
  int outside_count = 0;
  for (int round = 0; round < 300; ++round) {
    const auto* name = std::array{"Europe/Berlin", "America/Santiago", "Australia/Lord_Howe",
                                  "Pacific/Apia"}[static_cast<std::size_t>(below(4))];
    Snapshot snapshot = business(name, "2025-01-01T00:00:00Z");
    snapshot.rules.max_advance = days{10000};
    const LocalDate first = day("2026-03-01") + days{below(300)};
    StaffSchedule schedule{.id = StaffId::generate(), .zone = snapshot.zone};
    for (auto& intervals : schedule.weekly) {
      for (int at = below(8) * 60; at < 1440 && below(4) > 0;) {
        const int end = std::min(1440, at + 60 * (1 + below(10)));
        intervals.push_back({LocalTime{at}, LocalTime{end}});
        at = end + 60 * below(3);
      }
    }
    for (int i = 0; i < 12; ++i) {
      if (below(8) == 0) snapshot.closures.push_back(first + days{i});
      if (below(8) == 0) schedule.overrides.push_back({first + days{i}, {hours("22:00", "24:00")}});
    }
    const Instant begin{std::chrono::sys_days{first.time_since_epoch()}};
    for (int i = below(3); i > 0; --i) {
      const Instant start = begin + minutes{below(12 * 1440)};
      schedule.time_off.push_back({start, start + minutes{1 + below(1440)}});
    }
    std::ranges::sort(schedule.time_off);
    const StaffSchedule free = schedule;
    for (int i = 0; i < 20; ++i) {
      const Instant start = begin + minutes{15 * below(12 * 96)};
      schedule.occupations.push_back(occupation({start, start + minutes{5 * (1 + below(60))}}));
    }
    const auto found = find_outside(snapshot.zone, snapshot.closures, schedule);
    for (const Occupation& booked : schedule.occupations) {
      const auto& time = booked.appointment;
      snapshot.service.duration = std::chrono::floor<minutes>(time.end - time.start);
      const auto offer = check_start(snapshot, free, time.start);
      const bool refused = !offer && (offer.error() == Obstacle::closed ||
                                      offer.error() == Obstacle::outside_hours ||
                                      offer.error() == Obstacle::time_off);
      EXPECT_EQ(std::ranges::find(found, booked.id) != found.end(), refused)
          << name << " " << format_instant(time.start) << " " << format_instant(time.end);
      outside_count += refused;
    }
  }
  EXPECT_GT(outside_count, 500);
  EXPECT_LT(outside_count, 5500);
}

}  // namespace
}  // namespace frontdesk::availability

#include "availability/wall_clock.hpp"

#include "availability/slot_grid.hpp"
#include "availability/testing_snapshot.hpp"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

namespace frontdesk::availability {
namespace {

using namespace testing;
using namespace std::chrono_literals;
using Kind = Zone::Lookup::Kind;
using std::chrono::days;

TEST(Minutes, round_towards_the_right_side_and_hold_what_is_too_far) {
  const Instant noon = at("2026-06-01T12:00:00Z");
  EXPECT_EQ(instant_of(floor_minute(noon)), noon);
  EXPECT_EQ(instant_of(ceil_minute(noon)), noon);
  EXPECT_EQ(instant_of(floor_minute(noon + 59s)), noon);
  EXPECT_EQ(instant_of(ceil_minute(noon + 1us)), noon + 1min);
  EXPECT_EQ(floor_minute(Instant{-1us}), -1);
  EXPECT_EQ(ceil_minute(Instant{-1us}), 0);
  EXPECT_EQ(floor_minute(Instant::max()), 1 << 30);
  EXPECT_EQ(floor_minute(Instant::min()), -(1 << 30));
  EXPECT_EQ(ceil_minute(Instant::max()), 1 << 30);
}

TEST(SlotGrid, divides_like_a_division) {
  for (std::int32_t interval = 1; interval <= 1440; ++interval) {
    const SlotGrid grid(interval);
    for (std::int32_t minutes = 0; minutes < 100'000; minutes += minutes < 3000 ? 1 : 37) {
      ASSERT_EQ(grid.steps_in(minutes), minutes / interval) << minutes << '/' << interval;
      ASSERT_EQ(grid.divides(minutes), minutes % interval == 0) << minutes << '/' << interval;
    }
    ASSERT_EQ(grid.steps_in(2'900'000), 2'900'000 / interval) << interval;
  }
}

std::vector<std::string> all_zones() {
  std::ifstream list("/usr/share/zoneinfo/tzdata.zi");
  std::vector<std::string> names;
  for (std::string line; std::getline(list, line);) {
    if (line.starts_with("Z ")) names.push_back(line.substr(2, line.find(' ', 2) - 2));
  }
  return names;
}

TEST(WallClock, R61_converts_like_cctz_around_every_change_of_every_zone_since_2000) {
  const auto names = all_zones();
  ASSERT_GT(names.size(), 300U);
  std::size_t changes = 0;
  for (const std::string& name : names) {
    const Zone zone = testing::zone(name);
    for (auto change = zone.next_change(earliest_instant); change && *change < end_of_instants;
         change = zone.next_change(*change)) {
      // Every change up to 2026, then every tenth year: the rules repeat.
      const auto year = std::chrono::year_month_day(std::chrono::floor<days>(*change)).year();
      if (year > std::chrono::year{2026} && static_cast<int>(year) % 10 != 0) continue;
      ++changes;
      const EpochMinute middle = floor_minute(*change);
      ASSERT_EQ(instant_of(middle), *change) << name << ": a change within a minute";
      const WallClock clock(zone, middle - 2 * minutes_per_day, middle + 2 * minutes_per_day);
      // Wall times from a day before to a day after, close to the change every half hour.
      const auto wall_change =
          zone.to_local(*change).date.time_since_epoch() +
          std::chrono::floor<std::chrono::minutes>(zone.to_local(*change).time_of_day);
      for (int half_hours = -52; half_hours <= 52;
           half_hours += std::abs(half_hours + 1) > 8 ? 8 : 1) {
        const auto wall = wall_change + half_hours * 30min;
        const LocalDate d{std::chrono::floor<days>(wall)};
        const LocalTime time = wall - d.time_since_epoch();
        const auto lookup = zone.to_instants(d, time);
        const bool skipped = lookup.kind == Kind::skipped;
        ASSERT_EQ(instant_of(clock.opening(d, time)), skipped ? lookup.change : lookup.earlier)
            << name << ' ' << format_date(d) << ' ' << format_time(time);
        ASSERT_EQ(instant_of(clock.closing(d, time)), skipped ? lookup.change : lookup.later)
            << name << ' ' << format_date(d) << ' ' << format_time(time);
      }
      for (EpochMinute minute = middle - 130; minute <= middle + 130; minute += 13) {
        const auto local = zone.to_local(instant_of(minute));
        ASSERT_EQ(clock.date_at(minute), local.date) << name;
        ASSERT_EQ(std::chrono::minutes{clock.shown_at(minute)},
                  local.date.time_since_epoch() + local.time_of_day)
            << name;
      }
    }
  }
  EXPECT_GT(changes, 4'000U);
}

TEST(WallClock, a_plain_midnight_is_what_the_conversion_says) {
  const Zone berlin = zone("Europe/Berlin");
  const LocalDate from = day("2026-03-01");
  const WallClock clock(berlin, floor_minute(at("2026-02-20T00:00:00Z")),
                        floor_minute(at("2026-04-10T00:00:00Z")));
  int plain = 0;
  for (LocalDate date = from; date < from + days{31}; date += days{1}) {
    const auto midnight = clock.plain_midnight(date);
    if (!midnight) continue;
    ++plain;
    for (LocalTime time = 0min; time <= 1440min; time += 1min) {
      ASSERT_EQ(*midnight + time.count(), clock.opening(date, time));
      ASSERT_EQ(*midnight + time.count(), clock.closing(date, time));
    }
  }
  EXPECT_GE(plain, 26);
  EXPECT_LT(plain, 31);
  EXPECT_EQ(clock.plain_midnight(day("2026-03-29")), std::nullopt);
}

}  // namespace
}  // namespace frontdesk::availability

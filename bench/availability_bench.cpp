// How long the engine takes for a month of a busy business: 20 staff × 30 days (issue: <= 50 µs).
#include "availability/check.hpp"
#include "availability/slots.hpp"

#include <random>

#include <benchmark/benchmark.h>

namespace frontdesk::availability {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using namespace std::chrono_literals;

constexpr auto first_day = std::chrono::local_days{std::chrono::year{2026} / 3 / 2};

/// Five working days a week with a lunch break, six appointments on each, two weeks of time off for
/// every fourth member. March 2026 holds a change of the clock.
Snapshot business(int members, int days_ahead) {
  std::mt19937 random(20260302);  // NOLINT: the same population every time
  const Zone berlin = *Zone::find("Europe/Berlin");
  const Instant start = berlin.to_instants(first_day, 0min).earlier;
  Snapshot snapshot{.now = start,
                    .zone = berlin,
                    .rules = {.slot_interval = 15min, .max_advance = days{180}},
                    .service = {.duration = 45min, .buffer_after = 10min}};
  snapshot.closures.push_back(first_day + days{4});
  for (int i = 0; i < members; ++i) {
    StaffSchedule member{.id = StaffId::generate(), .zone = berlin};
    for (unsigned weekday = 1; weekday <= 5; ++weekday) {
      const minutes opening = 8h + minutes{30 * (i % 3)};
      member.weekly[weekday] = {{opening, 12h + 30min}, {13h + 15min, opening + 9h}};
    }
    if (i % 4 == 0) member.time_off.push_back({start + days{14}, start + days{28}});
    for (int d = 0; d < days_ahead; ++d) {
      if (d % 7 >= 5) continue;  // the first day is a Monday
      for (int n = 0; n < 6; ++n) {
        const Instant begins = start + days{d} + 8h + minutes{90 * n + 15 * int(random() % 3)};
        const TimeRange time{begins, begins + 45min};
        member.occupations.push_back(
            {OccupationId::generate(), time, {time.start, time.end + 10min}, {}});
      }
    }
    snapshot.staff.push_back(std::move(member));
  }
  put_in_order(snapshot);
  return snapshot;
}

void free_slots_of(benchmark::State& state) {
  const int dates = static_cast<int>(state.range(1));
  const Snapshot snapshot = business(static_cast<int>(state.range(0)), dates);
  const SlotsQuery query{
      .from = first_day, .to = first_day + days{dates - 1}, .display = snapshot.zone};
  std::size_t slots = 0;
  for (auto step : state) {
    const FreeSlots answer = free_slots(snapshot, query);
    slots = 0;
    for (const FreeDay& day : answer.days) slots += day.slots.size();
    benchmark::DoNotOptimize(answer.days.data());
  }
  state.counters["slots"] = static_cast<double>(slots);
}
BENCHMARK(free_slots_of)
    ->ArgNames({"staff", "days"})
    ->Args({1, 1})
    ->Args({1, 30})
    ->Args({20, 30})
    ->Args({20, 62})
    ->Args({400, 30})
    ->Unit(benchmark::kMicrosecond);

void check_one_start(benchmark::State& state) {
  const Snapshot snapshot = business(20, 30);
  const Instant start = snapshot.now + days{1} + 9h;
  for (auto step : state) {
    benchmark::DoNotOptimize(check_start(snapshot, snapshot.staff[3], start));
  }
}
BENCHMARK(check_one_start);

}  // namespace
}  // namespace frontdesk::availability

BENCHMARK_MAIN();

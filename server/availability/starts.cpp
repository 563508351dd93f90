#include "availability/starts.hpp"

#include <algorithm>

namespace frontdesk::availability {
namespace {

/// Appends the starts of the grid anchored at `anchor` that lie in [first, end), which is not
/// empty and does not begin before the anchor.
void append_run(EpochMinute anchor, Instant first, Instant end, const SlotGrid& grid,
                std::vector<Run>& runs) {
  const EpochMinute last = ceil_minute(end) - 1;
  EpochMinute start = anchor;
  if (const std::int32_t past = ceil_minute(first) - anchor; past > 0) {
    start += grid.steps_in(past + grid.interval() - 1) * grid.interval();
  }
  if (start <= last) runs.push_back({start, grid.steps_in(last - start) + 1});
}

}  // namespace

void append_runs(std::span<const MinuteRange> openings, std::span<const MinuteRange> joined,
                 std::span<const TimeRange> forbidden, const StartBounds& bounds,
                 std::vector<Run>& runs) {
  auto stretch = joined.begin();
  auto next = forbidden.begin();
  for (const MinuteRange& opening : openings) {
    while (stretch->end < opening.end) ++stretch;
    const Instant opens_at = instant_of(opening.start);
    const Instant fitting_end = instant_of(stretch->end) - bounds.duration + just_after;
    const Instant end = std::min(std::min(instant_of(opening.end), bounds.end), fitting_end);
    Instant first = std::max(opens_at, bounds.earliest);
    while (next != forbidden.end() && next->end <= opens_at) ++next;
    for (auto gap_end = next; gap_end != forbidden.end() && gap_end->start < end; ++gap_end) {
      if (first < gap_end->start) {
        append_run(opening.start, first, gap_end->start, bounds.grid, runs);
      }
      first = std::max(first, gap_end->end);
    }
    if (first < end) append_run(opening.start, first, end, bounds.grid, runs);
  }
}

}  // namespace frontdesk::availability

#pragma once

#include "availability/slot_grid.hpp"
#include "availability/snapshot.hpp"
#include "availability/wall_clock.hpp"

#include <span>
#include <vector>

/// Where one member's appointments of one service may start.
namespace frontdesk::availability {

/// Starts that are one slot interval apart.
struct Run {
  EpochMinute first;
  std::int32_t count;  ///< at least 1
};

/// What every start of a search is held to. Starts lie in [earliest, end).
struct StartBounds {
  Instant earliest;
  Instant end;
  std::chrono::microseconds duration;
  std::chrono::microseconds buffer_before;
  std::chrono::microseconds buffer_after;
  SlotGrid grid;
};

/// The shortest time there is.
inline constexpr std::chrono::microseconds just_after{1};

/// The starts that an absence (closure, time off) forbids: the appointment must not touch it.
inline TimeRange starts_touching_absence(const TimeRange& absence, const StartBounds& bounds) {
  return {absence.start - bounds.duration + just_after, absence.end};
}

/// The starts that an occupation forbids: the appointment with its buffers must not touch it with
/// its own.
inline TimeRange starts_touching_occupation(const TimeRange& blocked, const StartBounds& bounds) {
  return {blocked.start - bounds.duration - bounds.buffer_after + just_after,
          blocked.end + bounds.buffer_before};
}

/// Appends the runs of starts on the grid of each opening. An appointment lies inside one stretch
/// of `joined`, the openings joined where they touch. All lists by start; `forbidden` holds starts
/// and may overlap.
void append_runs(std::span<const MinuteRange> openings, std::span<const MinuteRange> joined,
                 std::span<const TimeRange> forbidden, const StartBounds& bounds,
                 std::vector<Run>& runs);

}  // namespace frontdesk::availability

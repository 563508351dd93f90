#pragma once

#include "availability/snapshot.hpp"
#include "availability/wall_clock.hpp"

#include <span>
#include <vector>

/// From weekly hours, overrides and closures to stretches of time.
namespace frontdesk::availability {

/// Appends the intervals in which `member` works on the dates from `from` to `to` (of the member's
/// zone, both included) by start. Each is an anchor of slots, so intervals that touch stay two.
void append_openings(const StaffSchedule& member, const WallClock& clock, LocalDate from,
                     LocalDate to, std::vector<MinuteRange>& openings);

/// The same time with intervals that touch or overlap joined: an appointment fits if it lies inside
/// one of them, across midnight too. `openings` are in order of start.
void join(std::span<const MinuteRange> openings, std::vector<MinuteRange>& joined);

/// The closed days of the business that are between `from` and `to`, as time. By start.
std::vector<MinuteRange> closed_time(const std::vector<LocalDate>& closures,
                                     const WallClock& business_clock, LocalDate from, LocalDate to);

}  // namespace frontdesk::availability

#pragma once

#include "availability/snapshot.hpp"

#include <cstddef>

namespace frontdesk::availability {

inline constexpr std::size_t max_intervals_of_a_day = 10;

/// Whether two of the intervals of one day, in order of start, have time in common. Those that
/// touch have none.
bool overlap(const std::vector<Hours>& intervals);

}  // namespace frontdesk::availability

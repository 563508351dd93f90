#pragma once

#include "availability/snapshot.hpp"

#include <cstddef>
#include <vector>

namespace frontdesk::appointments {

/// In which order "anyone" tries the members who are free at `start` (indexes into the snapshot):
/// first those who already give a session of the class then, so that classes fill before another is
/// opened; then the least loaded of that local day; of equally loaded ones the business's order.
/// The snapshot covers the whole day.
std::vector<std::size_t> order_of_choice(const availability::Snapshot& snapshot, Instant start,
                                         std::vector<std::size_t> free);

/// The same where the rules are overridden: first those against whom least speaks (at work, then
/// after hours, then on a closed day or on leave), equals in order_of_choice.
std::vector<std::size_t> order_against_rules(const availability::Snapshot& snapshot, Instant start,
                                             std::vector<std::size_t> free);

}  // namespace frontdesk::appointments

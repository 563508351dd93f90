#pragma once

#include "availability/check.hpp"
#include "availability/snapshot.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::availability {

/// Why `start` is or is not offered with one member, as a sentence for people who support the
/// business: what check_start says, with the times that decided it, in the business's zone.
/// `name` is what to call the member.
std::string explain_start(const Snapshot& snapshot, const StaffSchedule& member,
                          std::string_view name, Instant start, int party_size = 1);

}  // namespace frontdesk::availability

#pragma once

#include "availability/snapshot.hpp"

#include <vector>

namespace frontdesk::availability {

/// The occupations of `member` for whose appointment the member is not at work: outside hours, on a
/// closed day, during time off. By the very rules of check_start (R57), without its grid and
/// without notice: what is booked there could not be booked at that time any more. `closures` are
/// days of `business`, in order; the lists of `member` are in order, too.
std::vector<OccupationId> find_outside(const Zone& business, const std::vector<LocalDate>& closures,
                                       const StaffSchedule& member);

}  // namespace frontdesk::availability

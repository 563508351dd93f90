#include "availability/snapshot.hpp"

#include <algorithm>

namespace frontdesk::availability {

void put_in_order(Snapshot& snapshot) {
  std::ranges::sort(snapshot.closures);
  for (StaffSchedule& member : snapshot.staff) {
    for (auto& hours : member.weekly) std::ranges::sort(hours);
    std::ranges::sort(member.overrides, {}, &DateOverride::date);
    for (auto& day : member.overrides) std::ranges::sort(day.hours);
    std::ranges::sort(member.time_off);
    std::ranges::sort(member.occupations, {},
                      [](const Occupation& occupation) { return occupation.blocked; });
  }
}

}  // namespace frontdesk::availability

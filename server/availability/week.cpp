#include "availability/week.hpp"

#include <algorithm>

namespace frontdesk::availability {

bool overlap(const std::vector<Hours>& intervals) {
  return std::ranges::adjacent_find(intervals, [](const Hours& earlier, const Hours& later) {
           return later.start < earlier.end;
         }) != intervals.end();
}

}  // namespace frontdesk::availability

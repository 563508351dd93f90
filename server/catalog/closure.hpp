#pragma once

#include "catalog/affected.hpp"
#include "core/civil.hpp"
#include "core/time_range.hpp"
#include "core/zone.hpp"

#include <string>

namespace frontdesk::catalog {

/// A day on which the whole business is closed, in the business's calendar.
struct Closure {
  LocalDate date;
  std::string reason;
};

/// A new closure, and whom to call.
struct Closing {
  Closure closure;
  Affected affected;
};

/// All of `date` by the clock of `zone`, from its first instant to the first of the day after,
/// half-open: 23 or 25 hours where the clock is changed, empty where the zone skips the day.
TimeRange whole_day(LocalDate date, const Zone& zone);

}  // namespace frontdesk::catalog

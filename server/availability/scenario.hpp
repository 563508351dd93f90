#pragma once

#include <iosfwd>
#include <optional>
#include <string>

namespace frontdesk::availability {

/// `frontdesk slots`: reads a scenario (JSON, docs/time.md) from `in` and writes the availability
/// answer of api.md, or, with `explain`, a sentence for each staff member that says why that start
/// is or is not offered. `explain` is a wall time of the business (`2026-03-30T10:00`) or RFC 3339
/// with an offset. Returns the exit code: 0, or 2 with every problem on `errors` and nothing on
/// `out`. Touches no database and no clock.
int run_slots(std::istream& in, std::ostream& out, std::ostream& errors,
              std::optional<std::string> explain);

}  // namespace frontdesk::availability

#pragma once

#include "core/civil.hpp"
#include "core/error.hpp"
#include "core/instant.hpp"
#include "core/zone.hpp"

namespace frontdesk::availability {

/// The instant that a wall time of the business means (R61). Refuses with 422 `ambiguous_time`,
/// details.starts_at holding both instants, where the clock is put back over it, and with 422
/// `nonexistent_time` where the clock jumps over it.
Result<Instant> resolve_local_time(const Zone& zone, LocalDate date, LocalTime time);

}  // namespace frontdesk::availability

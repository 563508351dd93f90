#pragma once

#include "core/civil.hpp"
#include "core/seal.hpp"
#include "core/time_range.hpp"
#include "core/zone.hpp"
#include "notifications/telling.hpp"
#include "queue/outbox.hpp"

#include <cstdint>
#include <optional>

/// What members of staff have to do today, sent in the morning of the business's zone: at 07:00, or
/// an hour before their first appointment where that is earlier. One event a member and day, made
/// by whichever worker looks first; it is filled when it is due.
namespace frontdesk::notifications {

/// From the first instant of `date` by the wall clock up to the next day's. Where the clock jumps
/// over midnight, a day begins with the jump; where midnight comes twice, with the first.
TimeRange day_of(LocalDate date, const Zone& zone);

/// Adds the agendas that are due within the next 75 minutes, or were so within the last two hours,
/// seen from `now`; how many were not there yet. For every worker, once an hour at least.
Task<std::int64_t> plan_agendas(db::Connection& connection, const queue::Outbox& outbox,
                                const DataKey& key, const Zone& zone, Instant now);

/// An agenda that is due: nobody is told of a day that is over, nor of one without appointments.
/// Refuses with `facts_incomplete` one that does not say whose and which.
Task<Result<std::vector<Telling>>> due_agendas(db::Connection& connection, const Dispatch& dispatch,
                                               const store::BusinessRow& business);

}  // namespace frontdesk::notifications

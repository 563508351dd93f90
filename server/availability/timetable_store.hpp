#pragma once

#include "availability/timetables.hpp"
#include "db/connection.hpp"

#include <optional>
#include <vector>

/// The hours of members: with store.hpp the only place of this feature that names SQL.
namespace frontdesk::availability::store {

/// Nothing: there is no such member.
Task<std::optional<WorkingWeek>> week(db::Connection& connection, StaffId id);
Task<void> replace_week(db::Connection& connection, StaffId id, const Week& days);

/// The occupations of a member that are not over and for which they are not at work, see
/// find_outside.
Task<std::vector<OccupationId>> outside_working_time(db::Connection& connection, StaffId id);

}  // namespace frontdesk::availability::store

#pragma once

#include "db/connection.hpp"
#include "staff/staff.hpp"

/// The only place of this feature that names SQL.
namespace frontdesk::staff::store {

Task<Page<Member>> members(db::Connection& connection, PageRequest<Position> page);
Task<std::optional<Member>> member(db::Connection& connection, StaffId id);

/// Nothing: there is no such member.
Task<std::optional<WorkingWeek>> working_hours(db::Connection& connection, StaffId id);

}  // namespace frontdesk::staff::store

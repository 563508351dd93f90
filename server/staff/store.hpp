#pragma once

#include "db/connection.hpp"
#include "staff/staff.hpp"

#include <optional>
#include <vector>

/// The only place of this feature that names SQL.
namespace frontdesk::staff::store {

Task<Page<Member>> members(db::Connection& connection, bool active, PageRequest<Position> page);
Task<std::optional<Member>> member(db::Connection& connection, StaffId id);

/// Until the transaction ends nobody else comes, goes or is reordered. Taken before every other
/// lock.
Task<void> lock_list(db::Connection& connection);
/// Until the transaction ends nobody books or moves an appointment of the member (R52).
Task<void> lock_time(db::Connection& connection, StaffId id);
/// One member, whom nobody else changes until the transaction ends; taken after the other locks.
Task<std::optional<Member>> lock_member(db::Connection& connection, StaffId id);

/// Refuses with `user_already_linked`, `limit_reached` and an unknown user. The list is locked.
Task<Result<void>> insert_member(db::Connection& connection, StaffId id, const NewMember& member);
/// Writes what apply() may have changed of a locked member, and reads the new version. Refuses with
/// `user_already_linked` and an unknown user.
Task<Result<void>> update_member(db::Connection& connection, Member& member);
Task<std::int64_t> count_members(db::Connection& connection);

/// Until the transaction ends none of these goes. Taken before the first write.
Task<void> lock_services(db::Connection& connection, const std::vector<ServiceId>& services);
/// Puts these in place of the active services that the member did; whether that changed anything.
/// Refuses an unknown one.
Task<Result<bool>> replace_services(db::Connection& connection, StaffId id,
                                    const std::vector<ServiceId>& services);
/// A new version, for what a member has in other tables.
Task<void> bump_version(db::Connection& connection, StaffId id);

/// Whether an appointment, or the time of one, names the member.
Task<bool> is_booked(db::Connection& connection, StaffId id);
Task<void> delete_member(db::Connection& connection, StaffId id);

Task<std::vector<StaffId>> active_members(db::Connection& connection);
/// Whether that changed anything.
Task<bool> reorder(db::Connection& connection, const std::vector<StaffId>& order);

}  // namespace frontdesk::staff::store

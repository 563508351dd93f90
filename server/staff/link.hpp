#pragma once

#include "core/actor.hpp"
#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/task.hpp"
#include "core/uuid.hpp"
#include "db/pool.hpp"

#include <optional>
#include <string>

/// Linking a login with a member of staff: it sees and changes the member's appointments from then
/// on, so managing the staff is not enough to do it (R17).
namespace frontdesk::staff {

/// Nothing, or `forbidden` for who may neither manage appointments nor logins and puts `login`,
/// which is not nobody, in place of `before`.
std::optional<Error> check_link(const Actor& actor, std::optional<UserId> before,
                                std::optional<UserId> login);

/// Notes in the audit log that `error`, if it is `forbidden`, kept the actor from `action`. Not in
/// the transaction of the action, which has come to nothing.
Task<void> audit_denial(db::Pool& pool, Deadline deadline, const Actor& actor, const Error& error,
                        std::string action, std::optional<StaffId> member);

}  // namespace frontdesk::staff

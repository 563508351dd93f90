#pragma once

#include "core/civil.hpp"
#include "core/task.hpp"
#include "core/uuid.hpp"
#include "db/connection.hpp"

#include <cstdint>
#include <optional>

namespace frontdesk::appointments::store {

/// An active account, as its feeds see it.
struct FeedAccount {
  std::int32_t generation;       ///< what the addresses are made of
  std::optional<StaffId> staff;  ///< the active member whose login it is
  LocalDate today;               ///< in the business's zone, by the database clock
};

/// Nothing where there is no such account or it is not active.
Task<std::optional<FeedAccount>> find_feed_account(db::Connection& connection, UserId user);

/// Whose login an active member has.
Task<std::optional<UserId>> find_user_of_staff(db::Connection& connection, StaffId staff);

/// Gives the account's feeds other addresses.
Task<void> rotate_feed(db::Connection& connection, UserId user);

}  // namespace frontdesk::appointments::store

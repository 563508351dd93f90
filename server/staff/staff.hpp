#pragma once

#include "core/actor.hpp"
#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/page.hpp"
#include "core/task.hpp"
#include "db/connection.hpp"
#include "db/pool.hpp"
#include "staff/member.hpp"

#include <optional>
#include <vector>

namespace frontdesk::staff {

/// Sort key of the list: the business's own order, then the id.
struct Position {
  std::int32_t position;
  StaffId id;
};

/// For whoever changes what a member has elsewhere, inside the transaction of the change: until it
/// ends nobody books or moves an appointment of the member (R52), and nobody else changes them.
/// Refuses an absent id with not_found, and another version than `version` with 412 `stale`.
Task<Result<void>> hold(db::Connection& connection, StaffId id,
                        std::optional<std::int64_t> version);
/// Ends such a change: the member has a new version.
Task<void> bump_version(db::Connection& connection, StaffId id);

/// The people who can be booked. When they work is for `availability`. Each call takes one
/// connection and throws what db::Pool and db::Connection throw. Writing is one transaction with
/// its audit entry; the route has made sure of the permission. A `version` is the one that the
/// caller decided on: another one is refused with 412 `stale`. What changes nothing keeps the
/// version and leaves no entry. Whoever decides whether a member can be booked holds the lock of
/// their time (R52).
class Staff {
 public:
  static constexpr std::int64_t max_members = 1000;         ///< active ones
  static constexpr std::size_t max_services_of_one = 1000;  ///< a list that names more is refused

  /// `pool` must outlive it.
  explicit Staff(db::Pool& pool) : pool_(pool) {}

  /// Those who are there, or who have left.
  Task<Page<Member>> members(bool active, PageRequest<Position> page, Deadline deadline);

  /// One who has left is found too, with active = false. Refuses an absent id with not_found.
  Task<Result<Member>> member(StaffId id, Deadline deadline);

  /// Refuses with 409 `user_already_linked`, 422 for an unknown user or service and, as
  /// `limit_reached`, beyond max_members, and with `forbidden` a login that check_link (R17)
  /// refuses; the audit log knows of that.
  Task<Result<Member>> add(const Actor& actor, const NewMember& member, Deadline deadline);

  /// Refuses what add() refuses, and an absent id with not_found.
  Task<Result<Member>> update(const Actor& actor, StaffId id, const MemberChange& change,
                              std::optional<std::int64_t> version, Deadline deadline);

  /// Takes somebody away for whom nobody ever booked anything; whom appointments name is retired in
  /// place of it: active = false. Refuses an absent id with not_found.
  Task<Result<void>> remove(const Actor& actor, StaffId id, std::optional<std::int64_t> version,
                            Deadline deadline);

  /// From now on the member does these services, and retired ones as before. Booked appointments
  /// stay. Refuses an absent member with not_found, an absent service with 422.
  Task<Result<Member>> assign_services(const Actor& actor, StaffId id,
                                       const std::vector<ServiceId>& services,
                                       std::optional<std::int64_t> version, Deadline deadline);

  /// The business's order from now on. Refuses with 422 what is not every active member once.
  Task<Result<void>> reorder(const Actor& actor, const std::vector<StaffId>& order,
                             Deadline deadline);

 private:
  db::Pool& pool_;
};

}  // namespace frontdesk::staff

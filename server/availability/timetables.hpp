#pragma once

#include "availability/snapshot.hpp"
#include "catalog/catalog.hpp"
#include "core/actor.hpp"
#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/task.hpp"
#include "db/pool.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace frontdesk::availability {

/// An ordinary week of one member, by the wall clock of `timezone`.
struct WorkingWeek {
  std::string timezone;  ///< IANA id
  Week days;             ///< each in order of start
};

/// A week that has been set, and whom to call: the booked appointments that lie outside of the
/// member's working time as it is now.
struct NewWeek {
  WorkingWeek week;
  catalog::Affected affected;
};

/// When members of staff work. Writing is one transaction with its audit entry, under the lock that
/// bookings of the member take (R52), and gives the member a new version; the route has made sure
/// of the permission. What changes nothing keeps the version and leaves no entry. Throws what
/// db::Pool and db::Connection throw.
class Timetables {
 public:
  /// `pool` must outlive it.
  explicit Timetables(db::Pool& pool) : pool_(pool) {}

  /// Refuses an absent member with not_found.
  Task<Result<WorkingWeek>> week(StaffId id, Deadline deadline);

  /// Puts `days`, each in order and without overlap, in place of the week before. Refuses an absent
  /// member with not_found, and another version of the member than `version` with 412 `stale`.
  Task<Result<NewWeek>> set_week(const Actor& actor, StaffId id, const Week& days,
                                 std::optional<std::int64_t> version, Deadline deadline);

 private:
  db::Pool& pool_;
};

}  // namespace frontdesk::availability

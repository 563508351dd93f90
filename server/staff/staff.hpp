#pragma once

#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/page.hpp"
#include "core/task.hpp"
#include "db/pool.hpp"
#include "staff/member.hpp"

namespace frontdesk::staff {

/// Sort key of the list: the business's own order, then the id.
struct Position {
  std::int32_t position;
  StaffId id;
};

/// The people who can be booked and when they work. Each call takes one connection and throws what
/// db::Pool and db::Connection throw.
class Staff {
 public:
  /// `pool` must outlive it.
  explicit Staff(db::Pool& pool) : pool_(pool) {}

  /// Those who have not left.
  Task<Page<Member>> members(PageRequest<Position> page, Deadline deadline);

  /// One who has left is found too, with active = false. Refuses an absent id with not_found.
  Task<Result<Member>> member(StaffId id, Deadline deadline);

  /// The weekly hours, by weekday and start. Refuses an absent id with not_found.
  Task<Result<WorkingWeek>> working_hours(StaffId id, Deadline deadline);

 private:
  db::Pool& pool_;
};

}  // namespace frontdesk::staff

#include "availability/timetables.hpp"

#include "availability/timetable_store.hpp"

namespace frontdesk::availability {

Task<Result<WorkingWeek>> Timetables::week(StaffId id, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  auto week = co_await store::week(*lease, id);
  if (!week) co_return refuse(not_found("There is no such member of staff."));
  co_return std::move(*week);
}

}  // namespace frontdesk::availability

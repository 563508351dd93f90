#include "staff/staff.hpp"

#include "staff/store.hpp"

namespace frontdesk::staff {

Task<Page<Member>> Staff::members(PageRequest<Position> page, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  co_return co_await store::members(*lease, page);
}

Task<Result<Member>> Staff::member(StaffId id, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  auto member = co_await store::member(*lease, id);
  if (!member) co_return refuse(not_found("There is no such member of staff."));
  co_return std::move(*member);
}

Task<Result<WorkingWeek>> Staff::working_hours(StaffId id, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  auto hours = co_await store::working_hours(*lease, id);
  if (!hours) co_return refuse(not_found("There is no such member of staff."));
  co_return std::move(*hours);
}

}  // namespace frontdesk::staff

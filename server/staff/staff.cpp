#include "staff/staff.hpp"

#include "core/version.hpp"
#include "staff/store.hpp"

namespace frontdesk::staff {

Task<Page<Member>> Staff::members(bool active, PageRequest<Position> page, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  co_return co_await store::members(*lease, active, page);
}

Task<Result<Member>> Staff::member(StaffId id, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  auto member = co_await store::member(*lease, id);
  if (!member) co_return refuse(not_found("There is no such member of staff."));
  co_return std::move(*member);
}

Task<Result<void>> hold(db::Connection& connection, StaffId id,
                        std::optional<std::int64_t> version) {
  co_await store::lock_time(connection, id);
  const auto member = co_await store::lock_member(connection, id);
  if (!member) co_return refuse(not_found("There is no such member of staff."));
  if (auto stale = check_version(version, member->version)) co_return refuse(std::move(*stale));
  co_return Result<void>();
}

Task<void> bump_version(db::Connection& connection, StaffId id) {
  return store::bump_version(connection, id);
}

}  // namespace frontdesk::staff

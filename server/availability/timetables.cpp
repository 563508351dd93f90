#include "availability/timetables.hpp"

#include "availability/timetable_store.hpp"

namespace frontdesk::availability {
namespace {

Error nobody() {
  return not_found("There is no such member of staff.");
}

}  // namespace

Task<Result<WorkingWeek>> Timetables::week(const Actor& actor, StaffId id, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  auto week = co_await store::week(*lease, id, actor.may(Permission::staff_manage));
  if (!week) co_return refuse(nobody());
  co_return std::move(*week);
}

Task<Result<Overrides>> Timetables::overrides(const Actor& actor, StaffId id, DayFilter filter,
                                              PageRequest<LocalDate> page, Deadline deadline) {
  const auto look = store::Look::of(actor, id);
  auto lease = co_await pool_.acquire(deadline);
  const auto zone = co_await store::shown_member(*lease, look);
  if (!zone) co_return refuse(nobody());
  co_return Overrides{std::string(zone->name()),
                      co_await store::overrides(*lease, look, filter, page)};
}

Task<Result<Page<TimeOff>>> Timetables::time_off(const Actor& actor, StaffId id, DayFilter filter,
                                                 PageRequest<TimeOffKey> page, Deadline deadline) {
  const auto look = store::Look::of(actor, id);
  auto lease = co_await pool_.acquire(deadline);
  const auto zone = co_await store::shown_member(*lease, look);
  if (!zone) co_return refuse(nobody());
  store::Bounds bounds;
  if (filter.from) bounds.from = catalog::whole_day(*filter.from, *zone).start;
  if (filter.to) bounds.to = catalog::whole_day(*filter.to, *zone).end;
  co_return co_await store::time_off(*lease, look, bounds, page);
}

}  // namespace frontdesk::availability

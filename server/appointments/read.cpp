#include "appointments/appointments.hpp"
#include "appointments/store.hpp"

#include <utility>

namespace frontdesk::appointments {
Task<Result<Appointment>> Appointments::find(Actor actor, AppointmentId id, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  auto appointment = co_await store::find(*lease, store::Viewer::of(actor), id);
  if (!appointment) co_return refuse(not_found());
  co_return std::move(*appointment);
}

Task<Result<std::string>> Appointments::calendar(Actor actor, AppointmentId id, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  const auto appointment = co_await store::find(*lease, store::Viewer::of(actor), id);
  if (!appointment) co_return refuse(not_found());
  co_return to_calendar(*appointment, co_await store::venue(*lease));
}

Task<Result<Page<Appointment>>> Appointments::list(Actor actor, Filter filter, Order order,
                                                   PageRequest<ListKey> page, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  co_return co_await store::list(*lease, store::Viewer::of(actor), filter, order, page);
}

Task<std::int64_t> Appointments::forget_old_answers(Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  co_return co_await store::forget_answers(*lease);
}

}  // namespace frontdesk::appointments

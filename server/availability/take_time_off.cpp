#include "audit/audit.hpp"
#include "availability/timetable_store.hpp"
#include "availability/timetables.hpp"
#include "db/transaction.hpp"
#include "staff/staff.hpp"

namespace frontdesk::availability {
namespace {

// When and why somebody is away is personal: the log says that there is something, not what.
Task<void> record(db::Connection& connection, const Actor& actor, std::string action, StaffId id,
                  TimeOffId time_off) {
  co_await audit::record(connection, actor,
                         {.action = std::move(action),
                          .subject_type = "time_off",
                          .subject_id = time_off,
                          .details = {{"staff_id", id.to_string()}}});
}

Task<Result<EnteredTimeOff>> add_in(db::Transaction& transaction, const Actor& actor, StaffId& id,
                                    const NewTimeOff& wanted) {
  auto& connection = transaction.connection();
  if (auto held = co_await staff::hold(connection, id, {}); !held) {
    co_return refuse(std::move(held.error()));
  }
  const auto clock = co_await store::clock(connection);
  if (auto refusal = check_time_off(wanted.time, clock.now)) co_return refuse(std::move(*refusal));
  TimeOff time_off{
      .id = TimeOffId::generate(), .staff = id, .time = wanted.time, .reason = wanted.reason};
  if (auto inserted = co_await store::insert_time_off(connection, time_off); !inserted) {
    co_return refuse(std::move(inserted.error()));
  }
  co_await record(connection, actor, "time_off.create", id, time_off.id);
  auto affected = co_await store::outside_working_time(connection, id, time_off.time);
  co_return EnteredTimeOff{std::move(time_off), std::move(affected)};
}

Task<Result<void>> remove_in(db::Transaction& transaction, const Actor& actor, StaffId& id,
                             TimeOffId& time_off) {
  auto& connection = transaction.connection();
  if (auto held = co_await staff::hold(connection, id, {}); !held) co_return held;
  if (!co_await store::delete_time_off(connection, id, time_off)) {
    co_return refuse(not_found("There is no such time off."));
  }
  co_await record(connection, actor, "time_off.delete", id, time_off);
  co_return Result<void>();
}

}  // namespace

Task<Result<EnteredTimeOff>> Timetables::add_time_off(const Actor& actor, StaffId id,
                                                      const NewTimeOff& time_off,
                                                      Deadline deadline) {
  co_return co_await db::in_transaction(pool_, deadline, &add_in, actor, id, time_off);
}

Task<Result<void>> Timetables::remove_time_off(const Actor& actor, StaffId id, TimeOffId time_off,
                                               Deadline deadline) {
  co_return co_await db::in_transaction(pool_, deadline, &remove_in, actor, id, time_off);
}

}  // namespace frontdesk::availability

#include "audit/audit.hpp"
#include "availability/timetable_store.hpp"
#include "availability/timetables.hpp"
#include "core/ensure.hpp"
#include "db/transaction.hpp"
#include "staff/staff.hpp"

namespace frontdesk::availability {
namespace {

// A date with hours of its own has no id: the member and the date name it.
Task<void> record(db::Connection& connection, const Actor& actor, std::string action, StaffId id,
                  LocalDate date) {
  co_await audit::record(connection, actor,
                         {.action = std::move(action),
                          .subject_type = "staff",
                          .subject_id = id,
                          .details = {{"date", format_date(date)}}});
}

Task<NewOverride> entered(db::Connection& connection, StaffId id, DateOverride day,
                          const Zone& zone) {
  auto affected =
      co_await store::outside_working_time(connection, id, catalog::whole_day(day.date, zone));
  co_return NewOverride{std::string(zone.name()), std::move(day), std::move(affected)};
}

Task<Result<NewOverride>> set_in(db::Transaction& transaction, const Actor& actor, StaffId& id,
                                 const DateOverride& day) {
  auto& connection = transaction.connection();
  if (auto held = co_await staff::hold(connection, id, {}); !held) {
    co_return refuse(std::move(held.error()));
  }
  const auto clock = co_await store::clock(connection);
  if (day.date < clock.today()) {
    co_return refuse(invalid_field("date", "in_the_past", "This day is over."));
  }
  const auto before = co_await store::find_override(connection, id, day.date);
  if (!before || before->hours != day.hours) {
    auto put = co_await store::put_override(connection, id, day, before.has_value(), clock.today());
    if (!put) co_return refuse(std::move(put.error()));
    co_await record(connection, actor, "staff.set_override", id, day.date);
  }
  co_return co_await entered(connection, id, day, clock.zone);
}

Task<Result<NewOverride>> remove_in(db::Transaction& transaction, const Actor& actor, StaffId& id,
                                    LocalDate& date) {
  auto& connection = transaction.connection();
  if (auto held = co_await staff::hold(connection, id, {}); !held) {
    co_return refuse(std::move(held.error()));
  }
  if (!co_await store::delete_override(connection, id, date)) {
    co_return refuse(not_found("This day has no hours of its own."));
  }
  co_await record(connection, actor, "staff.remove_override", id, date);
  const auto clock = co_await store::clock(connection);
  const auto week = co_await store::week(connection, id, true);
  ENSURE(week.has_value());
  co_return co_await entered(connection, id, {date, week->days[weekday_of(date)]}, clock.zone);
}

}  // namespace

Task<Result<NewOverride>> Timetables::set_override(const Actor& actor, StaffId id,
                                                   const DateOverride& day, Deadline deadline) {
  co_return co_await db::in_transaction(pool_, deadline, &set_in, actor, id, day);
}

Task<Result<NewOverride>> Timetables::remove_override(const Actor& actor, StaffId id,
                                                      LocalDate date, Deadline deadline) {
  co_return co_await db::in_transaction(pool_, deadline, &remove_in, actor, id, date);
}

}  // namespace frontdesk::availability

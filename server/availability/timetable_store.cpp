#include "availability/timetable_store.hpp"

#include "availability/outside.hpp"
#include "availability/override_store.hpp"
#include "availability/statements.hpp"
#include "availability/store_rows.hpp"
#include "core/ensure.hpp"

namespace frontdesk::availability::store {
namespace {

std::optional<WorkingWeek> read_week(const db::Rows& rows) {
  if (rows.empty()) return std::nullopt;
  WorkingWeek week{.timezone = rows[0].get<std::string>(0), .days = {}};
  for (const db::Row row : rows) {
    const auto weekday = row.get<std::optional<std::int16_t>>(1);
    if (!weekday) continue;  // the member exists and has no hours
    week.days[static_cast<std::size_t>(*weekday)].push_back(
        {LocalTime{row.get<std::int16_t>(2)}, LocalTime{row.get<std::int16_t>(3)}});
  }
  return week;
}

}  // namespace

Task<std::optional<WorkingWeek>> week(db::Connection& connection, StaffId id, bool left_too) {
  co_return read_week(co_await connection.execute(sql::list_working_hours, id, left_too));
}

Task<void> replace_week(db::Connection& connection, StaffId id, const Week& days) {
  std::vector<std::int16_t> weekdays;
  std::vector<std::int16_t> starts;
  std::vector<std::int16_t> ends;
  for (std::size_t weekday = 0; weekday < days.size(); ++weekday) {
    for (const Hours& hours : days[weekday]) {
      weekdays.push_back(static_cast<std::int16_t>(weekday));
      starts.push_back(static_cast<std::int16_t>(hours.start.count()));
      ends.push_back(static_cast<std::int16_t>(hours.end.count()));
    }
  }
  co_await connection.execute_batch(
      db::Batch()
          .add(sql::delete_working_hours, id)
          .add(sql::insert_working_hours, id, weekdays, starts, ends));
}

Task<Clock> clock(db::Connection& connection) {
  const auto rows = co_await connection.execute(sql::find_clock);
  ENSURE(!rows.empty());
  co_return Clock{rows[0].get<Instant>(0), zone_of(rows[0].get<std::string_view>(1))};
}

Task<catalog::Affected> outside_working_time(db::Connection& connection, StaffId id,
                                             const TimeRange& time) {
  const auto rows = co_await connection.execute_batch(
      db::Batch()
          .add(sql::list_working_hours, id, true)
          .add(sql::list_coming_overrides, id)
          .add(sql::list_coming_time_off, id)
          .add(sql::list_coming_closures)
          .add(sql::list_coming_occupations, id, time.start, time.end));
  auto week = read_week(rows[0]);
  ENSURE(week.has_value());
  const Zone zone = zone_of(week->timezone);
  StaffSchedule member{.id = id, .zone = zone, .weekly = std::move(week->days)};
  for (const db::Row row : rows[1]) member.overrides.push_back(read_override(row));
  for (const db::Row row : rows[2]) member.time_off.push_back(row.get<TimeRange>(0));
  std::vector<LocalDate> closures;
  for (const db::Row row : rows[3]) closures.push_back(row.get<LocalDate>(0));
  for (const db::Row row : rows[4]) {
    const TimeRange taken{row.get<Instant>(1), row.get<Instant>(2)};
    member.occupations.push_back(
        {.id = row.get<OccupationId>(0), .appointment = taken, .blocked = taken, .session = {}});
  }
  co_return co_await catalog::affected_by(connection, find_outside(zone, closures, member));
}

}  // namespace frontdesk::availability::store

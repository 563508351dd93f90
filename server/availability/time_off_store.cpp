#include "availability/statements.hpp"
#include "availability/store_rows.hpp"
#include "availability/timetable_store.hpp"
#include "core/ensure.hpp"

namespace frontdesk::availability::store {
namespace {

TimeOff read_time_off(const db::Row& row) {
  return {.id = row.get<TimeOffId>(0),
          .staff = row.get<StaffId>(1),
          .time = row.get<TimeRange>(2),
          .reason = row.get<std::string>(3)};
}

}  // namespace

Look Look::of(const Actor& actor, StaffId member) {
  ENSURE(actor.user.has_value());
  return {member, *actor.user, actor.may(Permission::staff_manage)};
}

Task<std::optional<Zone>> shown_member(db::Connection& connection, const Look& look) {
  const auto rows =
      co_await connection.execute(sql::find_shown_member, look.member, look.user, look.sees_all);
  if (rows.empty()) co_return std::nullopt;
  co_return zone_of(rows[0].get<std::string_view>(0));
}

Task<Page<TimeOff>> time_off(db::Connection& connection, const Look& look, const Bounds& bounds,
                             const PageRequest<TimeOffKey>& page) {
  std::optional<Instant> after;
  std::optional<TimeOffId> after_id;
  if (page.after) {
    after = page.after->starts_at;
    after_id = page.after->id;
  }
  const auto rows = co_await connection.execute(sql::list_time_off, look.member, look.user,
                                                look.sees_all, bounds.from, bounds.to, after,
                                                after_id, std::int64_t{page.limit} + 1);
  std::vector<TimeOff> items;
  items.reserve(rows.size());
  for (const db::Row row : rows) items.push_back(read_time_off(row));
  std::optional<std::int64_t> total;
  if (page.with_total) {
    const auto count = co_await connection.execute(sql::count_time_off, look.member, look.user,
                                                   look.sees_all, bounds.from, bounds.to);
    total = count[0].get<std::int64_t>(0);
  }
  co_return page_of(std::move(items), page.limit, total);
}

Task<Result<void>> insert_time_off(db::Connection& connection, const TimeOff& time_off) {
  const auto& [id, staff, time, reason] = time_off;
  const auto same =
      co_await connection.execute(sql::find_same_time_off, staff, time.start, time.end);
  if (!same.empty()) {
    co_return refuse({.kind = ErrorKind::conflict,
                      .code = "time_off_exists",
                      .message = "This time off has been entered already."});
  }
  const auto rows = co_await connection.execute(sql::insert_time_off, id, staff, time.start,
                                                time.end, reason, Timetables::max_time_off);
  if (rows.affected() == 0) {
    co_return refuse(catalog::limit_reached(Timetables::max_time_off, "coming absences"));
  }
  co_return Result<void>();
}

Task<bool> delete_time_off(db::Connection& connection, StaffId id, TimeOffId time_off) {
  const auto rows = co_await connection.execute(sql::delete_time_off, id, time_off);
  co_return rows.affected() == 1;
}

}  // namespace frontdesk::availability::store

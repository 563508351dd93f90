#include "availability/override_store.hpp"

#include "availability/statements.hpp"
#include "availability/timetable_store.hpp"
#include "core/ensure.hpp"

namespace frontdesk::availability::store {

DateOverride read_override(const db::Row& row) {
  const auto starts = row.get<std::vector<std::int16_t>>(1);
  const auto ends = row.get<std::vector<std::int16_t>>(2);
  ENSURE(starts.size() == ends.size());
  DateOverride day{.date = row.get<LocalDate>(0), .hours = {}};
  for (std::size_t i = 0; i < starts.size(); ++i) {
    if (0 <= starts[i] && starts[i] < ends[i] && ends[i] <= 24 * 60) {
      day.hours.push_back({LocalTime{starts[i]}, LocalTime{ends[i]}});
    }
  }
  return day;
}

Task<Page<DateOverride>> overrides(db::Connection& connection, const Look& look, DayFilter filter,
                                   PageRequest<LocalDate> page) {
  const auto rows =
      co_await connection.execute(sql::list_overrides, look.member, look.user, look.sees_all,
                                  filter.from, filter.to, page.after, std::int64_t{page.limit} + 1);
  std::vector<DateOverride> days;
  days.reserve(rows.size());
  for (const db::Row row : rows) days.push_back(read_override(row));
  std::optional<std::int64_t> total;
  if (page.with_total) {
    const auto count = co_await connection.execute(sql::count_overrides, look.member, look.user,
                                                   look.sees_all, filter.from, filter.to);
    total = count[0].get<std::int64_t>(0);
  }
  co_return page_of(std::move(days), page.limit, total);
}

Task<std::optional<DateOverride>> find_override(db::Connection& connection, StaffId id,
                                                LocalDate date) {
  const auto rows = co_await connection.execute(sql::find_override, id, date);
  if (rows.empty()) co_return std::nullopt;
  co_return read_override(rows[0]);
}

Task<Result<void>> put_override(db::Connection& connection, StaffId id, const DateOverride& day,
                                bool replaces, LocalDate today) {
  std::vector<std::int16_t> starts;
  std::vector<std::int16_t> ends;
  for (const Hours& hours : day.hours) {
    starts.push_back(static_cast<std::int16_t>(hours.start.count()));
    ends.push_back(static_cast<std::int16_t>(hours.end.count()));
  }
  if (replaces) {
    co_await connection.execute(sql::update_override, id, day.date, starts, ends);
    co_return Result<void>();
  }
  const auto rows = co_await connection.execute(sql::insert_override, id, day.date, starts, ends,
                                                today, Timetables::max_overrides);
  if (rows.affected() == 0) {
    co_return refuse(catalog::limit_reached(Timetables::max_overrides, "days with other hours"));
  }
  co_return Result<void>();
}

Task<bool> delete_override(db::Connection& connection, StaffId id, LocalDate date) {
  const auto rows = co_await connection.execute(sql::delete_override, id, date);
  co_return rows.affected() == 1;
}

}  // namespace frontdesk::availability::store

#include "staff/store.hpp"

#include "staff/statements.hpp"

#include <limits>

namespace frontdesk::staff::store {
namespace {

Member read_member(const db::Row& row) {
  return {.id = row.get<StaffId>(0),
          .user = row.get<std::optional<UserId>>(8),
          .name = row.get<std::string>(1),
          .title = row.get<std::string>(2),
          .bio = row.get<std::string>(3),
          .active = row.get<bool>(4),
          .position = row.get<std::int32_t>(5),
          .services = row.get<std::vector<ServiceId>>(7),
          .version = row.get<std::int64_t>(6)};
}

}  // namespace

Task<Page<Member>> members(db::Connection& connection, bool active, PageRequest<Position> page) {
  const auto after =
      page.after.value_or(Position{std::numeric_limits<std::int32_t>::min(), StaffId{}});
  const auto rows = co_await connection.execute(sql::list_staff, after.position, after.id,
                                                std::int64_t{page.limit} + 1, active);
  std::vector<Member> items;
  items.reserve(rows.size());
  for (const db::Row row : rows) items.push_back(read_member(row));
  std::optional<std::int64_t> total;
  if (page.with_total) {
    const auto count = co_await connection.execute(sql::count_staff, active);
    total = count[0].get<std::int64_t>(0);
  }
  co_return page_of(std::move(items), page.limit, total);
}

Task<std::optional<Member>> member(db::Connection& connection, StaffId id) {
  const auto rows = co_await connection.execute(sql::find_staff, id);
  if (rows.empty()) co_return std::nullopt;
  co_return read_member(rows[0]);
}

Task<std::optional<Member>> lock_member(db::Connection& connection, StaffId id) {
  // Two statements, because the second must see what the lock's last holder committed.
  const auto results = co_await connection.execute_batch(
      db::Batch().add(sql::lock_member, id).add(sql::find_staff, id));
  if (results[1].empty()) co_return std::nullopt;
  co_return read_member(results[1][0]);
}

}  // namespace frontdesk::staff::store

#include "appointments/calendar_feed_store.hpp"

#include "appointments/statements.hpp"

namespace frontdesk::appointments::store {

Task<std::optional<FeedAccount>> find_feed_account(db::Connection& connection, UserId user) {
  const auto rows = co_await connection.execute(sql::find_feed_of_user, user);
  if (rows.empty()) co_return std::nullopt;
  co_return FeedAccount{rows[0].get<std::int32_t>(0), rows[0].get<std::optional<StaffId>>(1),
                        rows[0].get<LocalDate>(2)};
}

Task<std::optional<UserId>> find_user_of_staff(db::Connection& connection, StaffId staff) {
  const auto rows = co_await connection.execute(sql::find_user_of_staff, staff);
  if (rows.empty()) co_return std::nullopt;
  co_return rows[0].get<UserId>(0);
}

Task<void> rotate_feed(db::Connection& connection, UserId user) {
  co_await connection.execute(sql::rotate_feed, user);
}

}  // namespace frontdesk::appointments::store

#include "notifications/inbox_store.hpp"

#include "notifications/statements.hpp"

#include <utility>
#include <vector>

namespace frontdesk::notifications {

void add_to_inbox(db::Batch& batch, const Uuid& id, const UserId& user, std::string_view event,
                  std::string_view title, std::string_view text,
                  std::optional<AppointmentId> appointment) {
  batch.add(sql::insert_inbox_item, id, user, event, title, text, appointment);
}

namespace store {
namespace {

InboxItem item_of(const db::Row& row) {
  return {.id = row.get<Uuid>(0),
          .event = row.get<std::string>(1),
          .title = row.get<std::string>(2),
          .text = row.get<std::string>(3),
          .appointment = row.get<std::optional<AppointmentId>>(4),
          .created_at = row.get<Instant>(5),
          .read_at = row.get<std::optional<Instant>>(6)};
}

}  // namespace

Task<InboxPage> list_inbox(db::Connection& connection, const UserId& user, bool unread_only,
                           const PageRequest<InboxKey>& page) {
  std::optional<Instant> after;
  std::optional<Uuid> after_id;
  if (page.after) {
    after = page.after->created_at;
    after_id = page.after->id;
  }
  db::Batch batch;
  batch.add(sql::list_inbox, user, unread_only, after, after_id,
            static_cast<std::int64_t>(page.limit) + 1);
  batch.add(sql::count_inbox, user);
  const auto results = co_await connection.execute_batch(std::move(batch));
  std::vector<InboxItem> items;
  for (const db::Row row : results[0]) items.push_back(item_of(row));
  const auto unread = results[1][0].get<std::int64_t>(1);
  std::optional<std::int64_t> total;
  if (page.with_total) total = unread_only ? unread : results[1][0].get<std::int64_t>(0);
  co_return InboxPage{page_of(std::move(items), page.limit, total), unread};
}

Task<std::optional<InboxItem>> find_inbox_item(db::Connection& connection, const UserId& user,
                                               const Uuid& id) {
  const auto rows = co_await connection.execute(sql::find_inbox_item, id, user);
  if (rows.empty()) co_return std::nullopt;
  co_return item_of(rows[0]);
}

Task<bool> mark_read(db::Connection& connection, const UserId& user, const Uuid& id) {
  const auto rows = co_await connection.execute(sql::mark_inbox_item_read, id, user);
  co_return !rows.empty();
}

Task<std::int64_t> mark_all_read(db::Connection& connection, const UserId& user) {
  const auto rows = co_await connection.execute(sql::mark_inbox_read, user);
  co_return rows[0].get<std::int64_t>(0);
}

Task<std::int64_t> delete_old_inbox_items(db::Connection& connection, std::int64_t limit) {
  const auto rows = co_await connection.execute(sql::delete_old_inbox_items, limit);
  co_return static_cast<std::int64_t>(rows.size());
}

Task<std::int64_t> delete_surplus_inbox_items(db::Connection& connection, std::int64_t limit) {
  const auto rows = co_await connection.execute(sql::delete_surplus_inbox_items, limit);
  co_return static_cast<std::int64_t>(rows.size());
}

}  // namespace store
}  // namespace frontdesk::notifications

#include "audit/audit.hpp"
#include "core/ensure.hpp"
#include "db/transaction.hpp"
#include "notifications/inbox_store.hpp"
#include "notifications/own_notifications.hpp"

#include <utility>

namespace frontdesk::notifications {
namespace {

constexpr int most_batches = 10;

Task<Result<InboxItem>> mark_read_in(db::Transaction& transaction, const Actor& actor,
                                     const Uuid& id) {
  auto& connection = transaction.connection();
  const bool changed = co_await store::mark_read(connection, *actor.user, id);
  auto item = co_await store::find_inbox_item(connection, *actor.user, id);
  if (!item) co_return refuse(not_found("There is no such notification."));
  if (changed) {
    co_await audit::record(connection, actor, {"notification", "read"}, id);
  }
  co_return std::move(*item);
}

Task<Result<void>> mark_all_read_in(db::Transaction& transaction, const Actor& actor) {
  auto& connection = transaction.connection();
  const auto count = co_await store::mark_all_read(connection, *actor.user);
  if (count > 0) {
    co_await audit::record(connection, actor,
                           {.action = "notification.read_all",
                            .subject_type = "user",
                            .subject_id = *actor.user,
                            .details = {{"count", count}}});
  }
  co_return Result<void>();
}

}  // namespace

Task<InboxPage> OwnNotifications::inbox(const Actor& actor, bool unread_only,
                                        PageRequest<InboxKey> page, Deadline deadline) {
  ENSURE(actor.user.has_value());
  auto lease = co_await pool_.acquire(deadline);
  co_return co_await store::list_inbox(*lease, *actor.user, unread_only, page);
}

Task<Result<InboxItem>> OwnNotifications::mark_read(const Actor& actor, const Uuid& id,
                                                    Deadline deadline) {
  ENSURE(actor.user.has_value());
  co_return co_await db::in_transaction(pool_, deadline, &mark_read_in, actor, id);
}

Task<Result<void>> OwnNotifications::mark_all_read(const Actor& actor, Deadline deadline) {
  ENSURE(actor.user.has_value());
  co_return co_await db::in_transaction(pool_, deadline, &mark_all_read_in, actor);
}

Task<void> OwnNotifications::clean(std::int64_t limit, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  for (int i = 0; i < most_batches; ++i) {
    if (co_await store::delete_old_inbox_items(*lease, limit) < limit) break;
  }
  for (int i = 0; i < most_batches; ++i) {
    if (co_await store::delete_surplus_inbox_items(*lease, limit) < limit) break;
  }
}

}  // namespace frontdesk::notifications

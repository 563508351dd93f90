#include "audit/audit.hpp"
#include "db/transaction.hpp"
#include "notifications/agenda.hpp"
#include "notifications/notifications.hpp"

#include <string>
#include <utility>

namespace frontdesk::notifications {
namespace {

using queue::Entry;

// Whoever changes a message must know that nobody is sending it.
Task<Result<Entry>> hold(db::Transaction& transaction, const DataKey& key, const Uuid& id) {
  auto entry = co_await queue::lock_entry(transaction.connection(), key, id);
  if (!entry) co_return refuse(not_found("There is no such message."));
  if (entry->status == "delivered") {
    co_return refuse({.kind = ErrorKind::conflict,
                      .code = "already_delivered",
                      .message = "The message has been delivered."});
  }
  if (entry->being_sent) {
    co_return refuse({.kind = ErrorKind::conflict,
                      .code = "being_sent",
                      .message = "The message is being sent just now. Look again in a minute."});
  }
  co_return std::move(*entry);
}

Task<void> note(db::Transaction& transaction, const Actor& actor, std::string action,
                const Entry& entry) {
  co_await audit::record(
      transaction.connection(), actor,
      {.action = std::move(action),
       .subject_type = "message",
       .subject_id = entry.id,
       .details = {{"event", entry.event}, {"channel", entry.channel}, {"status", entry.status}}});
}

Task<Result<Entry>> retry_in(db::Transaction& transaction, const Actor& actor, const DataKey& key,
                             const Uuid& id) {
  auto entry = co_await hold(transaction, key, id);
  if (!entry) co_return refuse(entry.error());
  if (entry->wiped) {
    co_return refuse({.kind = ErrorKind::conflict,
                      .code = "already_wiped",
                      .message = "The message has left once, and what it said has been wiped."});
  }
  entry->due_at = co_await queue::retry_entry(transaction.connection(), id);
  co_await note(transaction, actor, "outbox.retry", *entry);
  entry->wanted_at = entry->due_at;
  entry->status = "waiting";
  co_return entry;
}

Task<Result<void>> discard_in(db::Transaction& transaction, const Actor& actor, const DataKey& key,
                              const Uuid& id) {
  const auto entry = co_await hold(transaction, key, id);
  if (!entry) co_return refuse(entry.error());
  co_await queue::discard_entry(transaction.connection(), id);
  co_await note(transaction, actor, "outbox.discard", *entry);
  co_return Result<void>();
}

}  // namespace

Task<Page<Entry>> Notifications::outbox(const queue::EntryFilter& filter,
                                        PageRequest<std::int64_t> page, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  co_return co_await queue::list_entries(*lease, key_, filter, page);
}

Task<Result<Entry>> Notifications::retry(const Actor& actor, const Uuid& id, Deadline deadline) {
  auto entry = co_await db::in_transaction(pool_, deadline, &retry_in, actor, key_, id);
  if (entry && bell_ != nullptr) bell_->ring();
  co_return entry;
}

Task<std::int64_t> Notifications::plan_agendas(Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  const auto business = co_await store::business(*lease);
  co_return co_await notifications::plan_agendas(*lease, queue::Outbox(key_), key_, business.zone,
                                                 business.now);
}

Task<void> Notifications::clean(std::int64_t limit, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  co_await store::delete_old_sms(*lease, limit);
}

Task<Result<void>> Notifications::discard(const Actor& actor, const Uuid& id, Deadline deadline) {
  co_return co_await db::in_transaction(pool_, deadline, &discard_in, actor, key_, id);
}

}  // namespace frontdesk::notifications

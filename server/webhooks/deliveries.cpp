#include "audit/audit.hpp"
#include "core/ensure.hpp"
#include "db/transaction.hpp"
#include "webhooks/delivery_store.hpp"
#include "webhooks/payload.hpp"
#include "webhooks/store.hpp"
#include "webhooks/webhooks.hpp"

#include <chrono>
#include <utility>

#include <fmt/format.h>

namespace frontdesk::webhooks {
namespace {

struct Wish {
  const Actor& actor;
  const DataKey& key;
  const queue::Outbox& outbox;
  EndpointId endpoint;
};

Error no_such_webhook() {
  return not_found("There is no such webhook.");
}

Task<void> note(db::Connection& connection, const Wish& wish, std::string action,
                const Uuid& message) {
  co_await audit::record(connection, wish.actor,
                         {.action = std::move(action),
                          .subject_type = "webhook",
                          .subject_id = wish.endpoint,
                          .details = {{"message_id", message.to_string()}}});
}

// Nobody switches it off or deletes it before the message is there.
Task<Result<void>> hold_active(db::Connection& connection, EndpointId id) {
  const auto endpoint = co_await store::lock(connection, id);
  if (!endpoint) co_return refuse(no_such_webhook());
  if (!endpoint->active) {
    co_return refuse({.kind = ErrorKind::conflict,
                      .code = "webhook_inactive",
                      .message = "The webhook is switched off. Switch it on first."});
  }
  co_return Result<void>();
}

Task<Result<Uuid>> ping_in(db::Transaction& transaction, const Wish& wish) {
  auto& connection = transaction.connection();
  const auto held = co_await hold_active(connection, wish.endpoint);
  if (!held) co_return refuse(held.error());
  const auto now =
      std::chrono::time_point_cast<Instant::duration>(std::chrono::system_clock::now());
  const auto data = fmt::format(R"({{"webhook_id":"{}"}})", wish.endpoint.to_string());
  const auto id = Uuid::generate();
  db::Batch batch;
  wish.outbox.enqueue_once(
      batch, id, message_to(wish.endpoint, "webhook.ping", payload("webhook.ping", now, data), {}));
  co_await connection.execute_batch(std::move(batch));
  co_await note(connection, wish, "webhook.ping", id);
  co_return id;
}

Task<Result<Uuid>> redeliver_in(db::Transaction& transaction, const Wish& wish,
                                const DeliveryId& delivery) {
  auto& connection = transaction.connection();
  const auto said = co_await store::said(connection, wish.endpoint, delivery);
  if (!said) co_return refuse(not_found("There is no such delivery."));
  const auto held = co_await hold_active(connection, wish.endpoint);
  if (!held) co_return refuse(held.error());
  auto body = wish.key.open(said->sealed, said->message);
  if (!body) co_return refuse(not_found("What it said cannot be read any more."));
  const bool queued = co_await wish.outbox.enqueue_again(
      connection, said->message,
      message_to(wish.endpoint, said->event, std::move(*body), said->appointment));
  if (!queued) {
    co_return refuse({.kind = ErrorKind::conflict,
                      .code = "being_sent",
                      .message = "The message is being sent just now. Look again in a minute."});
  }
  co_await note(connection, wish, "webhook.redeliver", said->message);
  co_return said->message;
}

}  // namespace

Task<Result<Uuid>> Webhooks::ping(const Actor& actor, EndpointId id, Deadline deadline) {
  const Wish wish{actor, key_, outbox_, id};
  co_return co_await db::in_transaction(pool_, deadline, &ping_in, wish);
}

Task<Result<Page<Delivery>>> Webhooks::deliveries(EndpointId id, std::optional<bool> delivered,
                                                  PageRequest<DeliveryId> page, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  if (!co_await store::endpoint(*lease, id)) co_return refuse(no_such_webhook());
  co_return co_await store::deliveries(*lease, id, delivered, page);
}

Task<Result<Uuid>> Webhooks::redeliver(const Actor& actor, EndpointId id, DeliveryId delivery,
                                       Deadline deadline) {
  const Wish wish{actor, key_, outbox_, id};
  co_return co_await db::in_transaction(pool_, deadline, &redeliver_in, wish, delivery);
}

Task<std::int64_t> Webhooks::clean(std::int64_t limit, Deadline deadline) {
  std::int64_t all = 0;
  for (std::int64_t gone = limit; gone >= limit && std::chrono::steady_clock::now() < deadline;) {
    auto lease = co_await pool_.acquire(deadline);
    const auto old = co_await store::forget_old(*lease, limit);
    const auto surplus = co_await store::forget_surplus(*lease, max_deliveries, limit);
    const auto messages = co_await store::forget_messages(*lease, limit);
    gone = std::max({old, surplus, messages});
    all += old + surplus + messages;
  }
  auto lease = co_await pool_.acquire(deadline);
  co_await store::forget_former_secrets(*lease);
  co_return all;
}

}  // namespace frontdesk::webhooks

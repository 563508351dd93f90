#include "webhooks/announce.hpp"

#include "webhooks/payload.hpp"
#include "webhooks/store.hpp"

#include <string>
#include <utility>

namespace frontdesk::webhooks {

Task<void> announce(db::Connection& connection, const queue::Outbox& outbox, const Uuid& event_id,
                    std::string_view event, const AppointmentId& appointment,
                    std::string_view data_json, Instant occurred_at) {
  const auto listeners = co_await store::listeners(connection);
  db::Batch batch;
  std::string body;
  for (const auto& listener : listeners) {
    if (!listens(listener.events, event)) continue;
    if (body.empty()) body = payload(event, occurred_at, data_json);
    outbox.enqueue_once(batch, message_id(event_id, listener.id),
                        message_to(listener.id, std::string(event), body, appointment));
  }
  if (!batch.commands().empty()) co_await connection.execute_batch(std::move(batch));
}

}  // namespace frontdesk::webhooks

#include "notifications/push_delivery.hpp"

namespace frontdesk::notifications {
Task<std::optional<PushRecipient>> read_push_recipient(db::Pool& pool, const DataKey& key,
                                                       std::string_view channel,
                                                       const std::string& to, Deadline deadline) {
  auto lease = co_await pool.acquire(deadline);
  co_return co_await find_push_recipient(*lease, key, channel, to);
}

queue::Delivery device_is_gone() {
  return {queue::Delivery::Outcome::never,
          "the device has been forgotten, or has another owner now"};
}

PushNotice notice_of(const Uuid& id, const queue::Message& message) {
  return presentable({.id = id,
                      .title = message.subject,
                      .body = message.text,
                      .event = message.event,
                      .appointment = message.appointment});
}

}  // namespace frontdesk::notifications

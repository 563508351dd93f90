#include "notifications/push_delivery.hpp"

namespace frontdesk::notifications {
namespace {

using Outcome = queue::Delivery::Outcome;

Outcome outcome_of(outbound::PushVerdict::Outcome verdict) {
  switch (verdict) {
    case outbound::PushVerdict::Outcome::accepted:
      return Outcome::delivered;
    case outbound::PushVerdict::Outcome::gone:
    case outbound::PushVerdict::Outcome::refused:
      return Outcome::never;
    case outbound::PushVerdict::Outcome::refused_for_now:
      return Outcome::try_later;
    case outbound::PushVerdict::Outcome::unavailable:
      return Outcome::channel_down;
  }
  return Outcome::channel_down;
}

}  // namespace

Task<std::optional<PushRecipient>> read_push_recipient(db::Pool& pool, const DataKey& key,
                                                       std::string_view channel,
                                                       const std::string& to, Deadline deadline) {
  auto lease = co_await pool.acquire(deadline);
  co_return co_await find_push_recipient(*lease, key, channel, to);
}

queue::Delivery device_is_gone() {
  return {Outcome::never, "the device has been forgotten, or has another owner now"};
}

PushNotice notice_of(const Uuid& id, const queue::Message& message) {
  return presentable({.id = id,
                      .title = message.subject,
                      .body = message.text,
                      .event = message.event,
                      .appointment = message.appointment});
}

queue::Delivery delivery_of(const outbound::PushVerdict& verdict) {
  return {outcome_of(verdict.outcome), verdict.reason,
          verdict.retry_after.value_or(std::chrono::seconds{0})};
}

}  // namespace frontdesk::notifications

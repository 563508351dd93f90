#include "notifications/web_push_sender.hpp"

#include "core/base64url.hpp"
#include "notifications/devices.hpp"
#include "notifications/push_delivery.hpp"
#include "notifications/push_notice.hpp"
#include "notifications/verdict_delivery.hpp"
#include "outbound/web_push_encryption.hpp"

#include <utility>

#include <fmt/format.h>

namespace frontdesk::notifications {
namespace {

using Outcome = queue::Delivery::Outcome;

// The service sees which messages replace each other, and not what they are about.
std::string topic_of(const DataKey& key, const Uuid& device, const PushNotice& notice) {
  const auto topic =
      key.pseudonym(fmt::format("push topic {} {}", device.to_string(), tag_of(notice)));
  return base64url_encode(topic.bytes);
}

}  // namespace

WebPushSender::WebPushSender(asio::io_context& context, db::Pool& pool, const DataKey& key,
                             PushHosts hosts, std::string ca_file, outbound::Vapid vapid)
    : pool_(pool),
      key_(key),
      hosts_(std::move(hosts)),
      client_(context, std::move(ca_file), std::move(vapid)) {}

Task<queue::Delivery> WebPushSender::send(const Uuid& id, const queue::Message& message,
                                          Deadline deadline) {
  const auto recipient = co_await read_push_recipient(pool_, key_, channel(), message.to, deadline);
  if (!recipient) co_return device_is_gone();
  const auto& target = std::get<WebPushTarget>(recipient->target);
  auto endpoint = hosts_.vet(target.endpoint);
  if (!endpoint) {
    co_return queue::Delivery{Outcome::never, "its push service is not among those that are known"};
  }
  const auto notice = notice_of(id, message);
  auto body = outbound::encrypt_web_push(web_push_json(notice), {target.p256dh, target.auth},
                                         outbound::WebPushSecrets::generate());
  if (!body) {
    co_return queue::Delivery{Outcome::never, "it cannot be encrypted for this device"};
  }
  outbound::WebPushRequest request{.url = std::move(endpoint->url),
                                   .origin = std::move(endpoint->origin),
                                   .is_listed_address = endpoint->is_listed_address,
                                   .body = std::move(*body),
                                   .topic = topic_of(key_, recipient->device, notice),
                                   .is_urgent = is_urgent(notice),
                                   .ttl = push_lifetime};
  auto verdict = co_await client_.send(std::move(request), deadline);
  if (verdict.outcome == outbound::Verdict::Outcome::gone) {
    co_await forget_device(pool_, key_, *recipient, deadline);
  }
  co_return delivery_of(std::move(verdict));
}

}  // namespace frontdesk::notifications

#include "notifications/fcm_sender.hpp"

#include "notifications/devices.hpp"
#include "notifications/fcm_message.hpp"
#include "notifications/push_delivery.hpp"
#include "notifications/verdict_delivery.hpp"

#include <chrono>
#include <utility>

namespace frontdesk::notifications {

FcmSender::FcmSender(asio::io_context& context, db::Pool& pool, const DataKey& key,
                     outbound::FcmService service)
    : pool_(pool), key_(key), client_(context, std::move(service)) {}

Task<queue::Delivery> FcmSender::send(const Uuid& id, const queue::Message& message,
                                      Deadline deadline) {
  const auto recipient = co_await read_push_recipient(pool_, key_, channel(), message.to, deadline);
  if (!recipient) co_return device_is_gone();
  auto verdict =
      co_await client_.send(fcm_json(notice_of(id, message), std::get<FcmTarget>(recipient->target),
                                     std::chrono::system_clock::now()),
                            deadline);
  if (verdict.outcome == outbound::Verdict::Outcome::gone) {
    co_await forget_device(pool_, key_, *recipient, deadline);
  }
  co_return delivery_of(std::move(verdict));
}

}  // namespace frontdesk::notifications

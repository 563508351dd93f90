#pragma once

#include "core/seal.hpp"
#include "db/pool.hpp"
#include "outbound/fcm_client.hpp"
#include "queue/sender.hpp"

namespace frontdesk::notifications {

/// Sends pushes to apps by FCM. Where a device is, and that it is still that person's, is read at
/// the moment of sending. A device that FCM does not know any more is forgotten.
class FcmSender final : public queue::Sender {
 public:
  /// `pool` and `key` must outlive it.
  FcmSender(asio::io_context& context, db::Pool& pool, const DataKey& key,
            outbound::FcmService service);

  [[nodiscard]] std::string_view channel() const override { return "fcm"; }
  [[nodiscard]] std::size_t capacity() const override { return client_.capacity(); }
  Task<queue::Delivery> send(const Uuid& id, const queue::Message& message,
                             Deadline deadline) override;

  /// For the metrics.
  [[nodiscard]] const outbound::Service& service() const { return client_.service(); }

 private:
  db::Pool& pool_;
  const DataKey& key_;
  outbound::FcmClient client_;
};

}  // namespace frontdesk::notifications

#pragma once

#include "core/seal.hpp"
#include "db/pool.hpp"
#include "notifications/push_hosts.hpp"
#include "outbound/web_push_client.hpp"
#include "queue/sender.hpp"

namespace frontdesk::notifications {

/// Sends pushes to browsers (RFC 8030, 8291, 8292). Where a device is, and that it is still that
/// person's, is read at the moment of sending. A subscription that is gone is forgotten.
class WebPushSender final : public queue::Sender {
 public:
  /// `pool` and `key` must outlive it.
  WebPushSender(asio::io_context& context, db::Pool& pool, const DataKey& key, PushHosts hosts,
                std::string ca_file, outbound::Vapid vapid);

  [[nodiscard]] std::string_view channel() const override { return "webpush"; }
  Task<queue::Delivery> send(const Uuid& id, const queue::Message& message,
                             Deadline deadline) override;

  /// For the metrics.
  [[nodiscard]] const outbound::WebPushClient& client() const { return client_; }

 private:
  db::Pool& pool_;
  const DataKey& key_;
  PushHosts hosts_;
  outbound::WebPushClient client_;
};

}  // namespace frontdesk::notifications

#pragma once

#include "core/seal.hpp"
#include "db/pool.hpp"
#include "outbound/http_client.hpp"
#include "outbound/reach.hpp"
#include "outbound/service.hpp"
#include "outbound/transfers.hpp"
#include "queue/outbox.hpp"
#include "queue/sender.hpp"
#include "webhooks/delivery_store.hpp"
#include "webhooks/endpoint.hpp"

#include <atomic>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace frontdesk::webhooks {

struct SenderOptions {
  outbound::Reach reach = {};  ///< where endpoints may be (R34)
  std::string ca_file = {};    ///< authorities beside the system's, may be empty
  std::string site_link = {};  ///< for administrators who are told of an endpoint
  std::function<void(std::string_view line)> log = {};  ///< one line of trouble for the operator
};

/// Calls endpoints, signed as Standard Webhooks has it: POST with `webhook-id` (the message's id,
/// the same for every attempt), `webhook-timestamp` and `webhook-signature`, which has a second
/// signature while a former secret counts. 2xx is a delivery; 410 switches the endpoint off; all
/// else, a redirect too, is tried again later. A call takes at most 5 s and 1 MB (R34).
///
/// One endpoint's trouble is not another's: each has a circuit and four places of its own, and what
/// waits for one of those takes none of the sixteen (R72). Each call is recorded. An endpoint that
/// fails for five days without one success is switched off, and administrators are told. Lives on
/// the thread of its pool.
class WebhookSender final : public queue::Sender {
 public:
  static constexpr std::size_t most_per_endpoint = 4;
  static constexpr std::size_t most_waiting_per_endpoint = 20;
  static constexpr int days_until_disabled = 5;

  /// `context`, `pool`, `key` and `outbox` must outlive it.
  WebhookSender(asio::io_context& context, db::Pool& pool, const DataKey& key,
                const queue::Outbox& outbox, SenderOptions options);

  [[nodiscard]] std::string_view channel() const override { return "webhook"; }
  [[nodiscard]] std::size_t capacity() const override { return most_at_once + *waiting_; }
  Task<queue::Delivery> send(const Uuid& id, const queue::Message& message,
                             Deadline deadline) override;

  /// How many endpoints are not called just now because they failed. From any thread, and beyond
  /// the sender's life.
  [[nodiscard]] std::shared_ptr<const std::atomic<std::size_t>> open_circuits() const {
    return open_circuits_;
  }

 private:
  struct Call {
    const Uuid& id;
    const queue::Message& message;
    EndpointId endpoint;
  };

  [[nodiscard]] outbound::Service line_of(EndpointId endpoint);
  Task<std::optional<outbound::Service::Permit>> wait_for_place(outbound::Service line,
                                                                Deadline deadline);
  Task<std::optional<store::Target>> target_of(EndpointId endpoint, Deadline deadline);
  [[nodiscard]] std::optional<outbound::HttpRequest> request_for(const Call& call,
                                                                 const store::Target& target) const;
  Task<queue::Delivery> perform(Call call, outbound::HttpRequest request,
                                outbound::Service::Permit& permit, Deadline deadline);
  Task<void> record(Call call, store::Attempt attempt, bool is_gone);
  void note_circuits();

  asio::io_context& context_;
  db::Pool& pool_;
  const DataKey& key_;
  const queue::Outbox& outbox_;
  const SenderOptions options_;
  outbound::Transfers transfers_;
  outbound::HttpClient client_;
  std::map<EndpointId, outbound::Service> lines_;
  /// Calls that wait for a place of their endpoint; they may outlive the sender.
  std::shared_ptr<std::size_t> waiting_ = std::make_shared<std::size_t>(0);
  std::shared_ptr<std::atomic<std::size_t>> open_circuits_;
};

}  // namespace frontdesk::webhooks

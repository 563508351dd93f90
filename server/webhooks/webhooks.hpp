#pragma once

#include "core/actor.hpp"
#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/page.hpp"
#include "core/seal.hpp"
#include "core/task.hpp"
#include "db/pool.hpp"
#include "outbound/reach.hpp"
#include "queue/outbox.hpp"
#include "webhooks/announce.hpp"
#include "webhooks/delivery.hpp"
#include "webhooks/endpoint.hpp"

#include <cstdint>
#include <optional>
#include <string>

/// Programs elsewhere that are told what happens to appointments, by calls that are signed as
/// Standard Webhooks has it.
namespace frontdesk::webhooks {

/// An endpoint with its secret, which is shown this once.
struct Issued {
  Endpoint endpoint;
  std::string secret;  ///< shown_secret()
};

/// Who is called, and what became of the calls. Each call here takes one connection and throws what
/// db::Pool and db::Connection throw; the route has made sure of the permission. A change is one
/// transaction with its audit entry. A `version` is the one that the caller decided on: another one
/// is refused with 412 `stale`. What changes nothing keeps the version and leaves no entry.
class Webhooks {
 public:
  static constexpr std::int64_t max_endpoints = 20;
  static constexpr std::int64_t max_deliveries = 1000;  ///< known of one endpoint

  /// All must outlive it. `reach`: where endpoints may be (R34).
  Webhooks(db::Pool& pool, const DataKey& key, const queue::Outbox& outbox, outbound::Reach reach)
      : pool_(pool), key_(key), outbox_(outbox), reach_(std::move(reach)) {}

  [[nodiscard]] const outbound::Reach& reach() const { return reach_; }

  /// The oldest first; the sort key is the id.
  Task<Page<Endpoint>> endpoints(PageRequest<EndpointId> page, Deadline deadline);
  /// Refuses an absent id with not_found, as do all below.
  Task<Result<Endpoint>> endpoint(EndpointId id, Deadline deadline);

  /// Refuses with 422 `limit_reached` beyond max_endpoints. The URL has been judged (why_refused).
  Task<Result<Issued>> add(const Actor& actor, const NewEndpoint& wanted, Deadline deadline);
  /// Refuses with `stale`.
  Task<Result<Endpoint>> update(const Actor& actor, EndpointId id, const EndpointChange& change,
                                std::optional<std::int64_t> version, Deadline deadline);
  /// What is known of its calls goes, too. Refuses with `stale`.
  Task<Result<void>> remove(const Actor& actor, EndpointId id, std::optional<std::int64_t> version,
                            Deadline deadline);

  /// A new secret. The present one signs beside it for 24 hours; one that is older does not.
  Task<Result<Issued>> rotate_secret(const Actor& actor, EndpointId id, Deadline deadline);

  /// Has a `webhook.ping` sent; the id of the message. Refuses with 409 `webhook_inactive`.
  Task<Result<Uuid>> ping(const Actor& actor, EndpointId id, Deadline deadline);

  /// What became of calls to the endpoint, newest first, of the last 30 days and at most
  /// max_deliveries; those that were taken, or were not, where `delivered` says so.
  Task<Result<Page<Delivery>>> deliveries(EndpointId id, std::optional<bool> delivered,
                                          PageRequest<DeliveryId> page, Deadline deadline);

  /// Has the message of a call sent again under its own id; that id. Refuses with 409
  /// `webhook_inactive`, and `being_sent` while it is.
  Task<Result<Uuid>> redeliver(const Actor& actor, EndpointId id, DeliveryId delivery,
                               Deadline deadline);

  /// Forgets old calls, at most `limit` rows of a kind at a time, until none is left or `deadline`
  /// has come. How many rows that was.
  Task<std::int64_t> clean(std::int64_t limit, Deadline deadline);

 private:
  db::Pool& pool_;
  const DataKey& key_;
  const queue::Outbox& outbox_;
  const outbound::Reach reach_;
};

}  // namespace frontdesk::webhooks

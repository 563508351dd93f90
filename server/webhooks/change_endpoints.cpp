#include "audit/audit.hpp"
#include "catalog/catalog.hpp"
#include "core/target.hpp"
#include "db/transaction.hpp"
#include "webhooks/signature.hpp"
#include "webhooks/store.hpp"
#include "webhooks/webhooks.hpp"

namespace frontdesk::webhooks {
namespace {

Task<void> record(db::Connection& connection, const Actor& actor, std::string_view verb,
                  EndpointId id, std::vector<std::string_view> fields = {}) {
  return audit::record(connection, actor, {"webhook", verb}, id, std::move(fields));
}

Task<Result<Endpoint>> lock(db::Connection& connection, const Target<EndpointId>& target) {
  co_return judge(co_await store::lock(connection, target.id), target, "There is no such webhook.");
}

Task<Result<Issued>> add_in(db::Transaction& transaction, const Actor& actor, const DataKey& key,
                            const NewEndpoint& wanted) {
  auto& connection = transaction.connection();
  Endpoint endpoint{.id = EndpointId::generate(),
                    .url = wanted.url,
                    .description = wanted.description,
                    .events = wanted.events};
  const auto secret = make_secret();
  co_await store::lock_all(connection);
  const auto sealed = key.seal(secret, endpoint.id);
  if (!co_await store::insert(connection, endpoint, sealed, Webhooks::max_endpoints)) {
    co_return refuse(catalog::limit_reached(Webhooks::max_endpoints, "webhooks"));
  }
  co_await record(connection, actor, "create", endpoint.id);
  co_return Issued{std::move(endpoint), shown_secret(secret)};
}

Task<Result<Endpoint>> update_in(db::Transaction& transaction, const Target<EndpointId>& target,
                                 const EndpointChange& change) {
  auto& connection = transaction.connection();
  auto endpoint = co_await lock(connection, target);
  if (!endpoint) co_return endpoint;
  const auto changed = apply(change, *endpoint);
  if (changed.empty()) co_return endpoint;
  co_await store::update(connection, *endpoint);
  co_await record(connection, target.actor, "update", target.id, changed);
  co_return endpoint;
}

Task<Result<void>> remove_in(db::Transaction& transaction, const Target<EndpointId>& target) {
  auto& connection = transaction.connection();
  const auto endpoint = co_await lock(connection, target);
  if (!endpoint) co_return refuse(endpoint.error());
  co_await store::remove(connection, target.id);
  co_await record(connection, target.actor, "delete", target.id);
  co_return Result<void>();
}

Task<Result<Issued>> rotate_in(db::Transaction& transaction, const Target<EndpointId>& target,
                               const DataKey& key) {
  auto& connection = transaction.connection();
  auto endpoint = co_await lock(connection, target);
  if (!endpoint) co_return refuse(endpoint.error());
  const auto secret = make_secret();
  co_await store::rotate(connection, target.id, key.seal(secret, target.id));
  co_await record(connection, target.actor, "rotate_secret", target.id);
  co_return Issued{std::move(*endpoint), shown_secret(secret)};
}

}  // namespace

Task<Page<Endpoint>> Webhooks::endpoints(PageRequest<EndpointId> page, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  co_return co_await store::endpoints(*lease, page);
}

Task<Result<Endpoint>> Webhooks::endpoint(EndpointId id, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  auto endpoint = co_await store::endpoint(*lease, id);
  if (!endpoint) co_return refuse(not_found("There is no such webhook."));
  co_return std::move(*endpoint);
}

Task<Result<Issued>> Webhooks::add(const Actor& actor, const NewEndpoint& wanted,
                                   Deadline deadline) {
  co_return co_await db::in_transaction(pool_, deadline, &add_in, actor, key_, wanted);
}

Task<Result<Endpoint>> Webhooks::update(const Actor& actor, EndpointId id,
                                        const EndpointChange& change,
                                        std::optional<std::int64_t> version, Deadline deadline) {
  const Target<EndpointId> target{actor, id, version};
  co_return co_await db::in_transaction(pool_, deadline, &update_in, target, change);
}

Task<Result<void>> Webhooks::remove(const Actor& actor, EndpointId id,
                                    std::optional<std::int64_t> version, Deadline deadline) {
  const Target<EndpointId> target{actor, id, version};
  co_return co_await db::in_transaction(pool_, deadline, &remove_in, target);
}

Task<Result<Issued>> Webhooks::rotate_secret(const Actor& actor, EndpointId id, Deadline deadline) {
  const Target<EndpointId> target{actor, id, std::nullopt};
  co_return co_await db::in_transaction(pool_, deadline, &rotate_in, target, key_);
}

}  // namespace frontdesk::webhooks

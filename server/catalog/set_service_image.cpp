#include "audit/audit.hpp"
#include "catalog/catalog.hpp"
#include "catalog/service_store.hpp"
#include "core/target.hpp"
#include "db/transaction.hpp"

namespace frontdesk::catalog {
namespace {

Task<Result<Service>> set_in(db::Transaction& transaction, const Target<ServiceId>& target,
                             const media::TakenImage*& taken) {
  auto& connection = transaction.connection();
  auto service = judge(co_await store::lock_service(connection, target.id), target,
                       "There is no such service.");
  if (!service) co_return service;
  if (taken == nullptr && !service->image) co_return service;
  co_await store::set_service_image(connection, *service, taken);
  co_await audit::record(connection, target.actor, {"service", "update"}, target.id, {"image"});
  co_return service;
}

}  // namespace

Task<Result<Service>> Catalog::set_service_image(const Actor& actor, ServiceId id,
                                                 const media::TakenImage* taken,
                                                 std::optional<std::int64_t> version,
                                                 Deadline deadline) {
  const Target<ServiceId> target{actor, id, version};
  co_return co_await db::in_transaction(pool_, deadline, &set_in, target, taken);
}

}  // namespace frontdesk::catalog

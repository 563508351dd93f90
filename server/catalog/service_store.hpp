#pragma once

#include "catalog/catalog.hpp"
#include "db/connection.hpp"

#include <optional>
#include <string>
#include <vector>

/// Writing services: with the other stores the only place of this feature that names SQL and
/// constraints. Each call is part of the caller's transaction.
namespace frontdesk::catalog::store {

/// The business's currency; no other service is added or reordered until the transaction ends.
Task<std::string> lock_services_and_read_currency(db::Connection& connection);
/// Fills in position and version. Refuses with `limit_reached`, and an absent category with 422.
Task<Result<void>> insert_service(db::Connection& connection, Service& service);

/// Nobody else changes it until the transaction ends.
Task<std::optional<Service>> lock_service(db::Connection& connection, ServiceId id);
/// The same, and nobody books it.
Task<std::optional<Service>> lock_service_for_removal(db::Connection& connection, ServiceId id);
/// Writes what apply() may have changed of a locked service, and reads its new version. Refuses an
/// absent category with 422.
Task<Result<void>> update_service(db::Connection& connection, Service& service);
/// Names the image of a locked service, or none, and reads its new version.
Task<void> set_service_image(db::Connection& connection, Service& service,
                             const media::TakenImage* taken);
/// Whether appointments name it.
Task<bool> service_is_used(db::Connection& connection, ServiceId id);
Task<void> delete_service(db::Connection& connection, ServiceId id);

struct ServiceIds {
  std::vector<ServiceId> all;
  std::vector<ServiceId> active;
};
/// In no order; none comes until the transaction ends.
Task<ServiceIds> lock_services(db::Connection& connection);
/// Whether that changed anything.
Task<bool> reorder_services(db::Connection& connection, const std::vector<ServiceId>& ids);

}  // namespace frontdesk::catalog::store

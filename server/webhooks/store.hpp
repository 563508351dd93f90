#pragma once

#include "core/error.hpp"
#include "core/page.hpp"
#include "core/task.hpp"
#include "db/connection.hpp"
#include "webhooks/delivery.hpp"
#include "webhooks/endpoint.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// With delivery_store.hpp, the only place of this feature that names SQL.
namespace frontdesk::webhooks::store {

Task<Page<Endpoint>> endpoints(db::Connection& connection, PageRequest<EndpointId> page);
Task<std::optional<Endpoint>> endpoint(db::Connection& connection, EndpointId id);

// Part of the caller's transaction from here on.

/// Nobody else changes it until the transaction ends.
Task<std::optional<Endpoint>> lock(db::Connection& connection, EndpointId id);
/// None is added by others until the transaction ends.
Task<void> lock_all(db::Connection& connection);
/// Fills what the database knows of it; false where there are `maximum`.
Task<bool> insert(db::Connection& connection, Endpoint& endpoint,
                  std::span<const std::uint8_t> secret, std::int64_t maximum);
Task<void> update(db::Connection& connection, Endpoint& endpoint);
Task<void> remove(db::Connection& connection, EndpointId id);
Task<void> rotate(db::Connection& connection, EndpointId id, std::span<const std::uint8_t> secret);

/// An active endpoint and what it listens to.
struct Listener {
  EndpointId id;
  std::vector<std::string> events;
};
Task<std::vector<Listener>> listeners(db::Connection& connection);

}  // namespace frontdesk::webhooks::store

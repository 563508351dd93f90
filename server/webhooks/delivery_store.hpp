#pragma once

#include "core/page.hpp"
#include "core/task.hpp"
#include "db/connection.hpp"
#include "webhooks/delivery.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace frontdesk::webhooks::store {

/// What a call needs to know of an active endpoint; secrets are sealed.
struct Target {
  std::string url;
  db::Bytes secret;
  std::optional<db::Bytes> former_secret;  ///< while it signs, too
};
Task<std::optional<Target>> target(db::Connection& connection, EndpointId id);

/// How a call ended, and what it said (sealed).
struct Attempt {
  Uuid message;
  EndpointId endpoint;
  std::string event;
  std::optional<AppointmentId> appointment;
  db::Bytes sealed;
  std::optional<std::int32_t> status_code;
  std::chrono::milliseconds duration{0};
  std::optional<std::string> error;  ///< nothing: it was taken
};
void record(db::Batch& batch, const Attempt& attempt);
void note_success(db::Batch& batch, EndpointId id);
void note_failure(db::Batch& batch, EndpointId id);

/// Switches an endpoint off that has failed for `days` without one success, or that wants no calls;
/// its URL, or nothing where that changed nothing.
Task<std::optional<std::string>> disable_failing(db::Connection& connection, EndpointId id,
                                                 std::int32_t days);
Task<std::optional<std::string>> disable_gone(db::Connection& connection, EndpointId id);

Task<Page<Delivery>> deliveries(db::Connection& connection, EndpointId id,
                                std::optional<bool> delivered, PageRequest<DeliveryId> page);

/// What a call said.
struct Said {
  Uuid message;
  std::string event;
  std::optional<AppointmentId> appointment;
  db::Bytes sealed;
};
Task<std::optional<Said>> said(db::Connection& connection, EndpointId id, DeliveryId delivery);

/// Each forgets at most `limit` rows, and says how many those were.
Task<std::int64_t> forget_old(db::Connection& connection, std::int64_t limit);
Task<std::int64_t> forget_surplus(db::Connection& connection, std::int64_t kept,
                                  std::int64_t limit);
Task<std::int64_t> forget_messages(db::Connection& connection, std::int64_t limit);
Task<void> forget_former_secrets(db::Connection& connection);

}  // namespace frontdesk::webhooks::store

#pragma once

#include "core/instant.hpp"
#include "webhooks/endpoint.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace frontdesk::webhooks {

/// One call of an endpoint, as it ended.
struct Delivery {
  DeliveryId id;
  Uuid message;  ///< the receiver's `webhook-id`: the same for each call about it
  std::string event;
  std::optional<AppointmentId> appointment;
  std::int32_t attempt = 1;  ///< of this message
  bool delivered = false;
  std::optional<std::int32_t> status_code;  ///< nothing: there was no answer
  std::chrono::milliseconds duration{0};
  std::optional<std::string> error;  ///< why it was not taken; never what the endpoint said
  Instant attempted_at;
};

}  // namespace frontdesk::webhooks

#pragma once

#include "core/instant.hpp"
#include "core/uuid.hpp"
#include "queue/message.hpp"
#include "webhooks/endpoint.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace frontdesk::webhooks {

/// The body of a call, as Standard Webhooks has it: `{"type": …, "timestamp": …, "data": …}`.
/// `data_json` is a JSON object (ENSURE).
std::string payload(std::string_view event, Instant timestamp, std::string_view data_json);

/// The message that brings a body to an endpoint.
queue::Message message_to(EndpointId endpoint, std::string event, std::string body,
                          std::optional<AppointmentId> appointment);

/// The id of what an endpoint is told of an event: always the same for the same two.
Uuid message_id(const Uuid& event_id, EndpointId endpoint);

}  // namespace frontdesk::webhooks

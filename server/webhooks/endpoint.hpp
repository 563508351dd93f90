#pragma once

#include "core/instant.hpp"
#include "core/uuid.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::webhooks {

using EndpointId = Id<struct WebhookEndpointTag>;
using DeliveryId = Id<struct WebhookDeliveryTag>;

/// Listens to every event of an appointment, those that later versions add too.
inline constexpr std::string_view every_appointment_event = "appointment.*";

/// What an endpoint can listen to, `appointment.*` first.
std::span<const std::string_view> known_events();

/// Whether an endpoint that asked for `wanted` is told of `event`.
bool listens(const std::vector<std::string>& wanted, std::string_view event);

/// Why the server switched an endpoint off.
enum class DisabledBecause : std::uint8_t {
  gone,     ///< it answered 410
  failing,  ///< nothing but failures for days
};

/// A program elsewhere that is told what happens to appointments.
struct Endpoint {
  EndpointId id;
  std::string url;
  std::string description;
  std::vector<std::string> events;  ///< of known_events(), each once
  bool active = true;
  std::optional<DisabledBecause> disabled_because = {};  ///< nothing: active, or a person did it
  std::optional<Instant> failing_since = {};             ///< nothing: the last call was taken
  Instant created_at = {};
  Instant updated_at = {};
  std::int64_t version = 1;
};

/// What somebody wants to be called.
struct NewEndpoint {
  std::string url;
  std::string description;
  std::vector<std::string> events;
};

/// What is to change; nothing: stays.
struct EndpointChange {
  std::optional<std::string> url = {};
  std::optional<std::string> description = {};
  std::optional<std::vector<std::string>> events = {};
  std::optional<bool> active = {};
};

/// The names of the fields that are different now.
std::vector<std::string_view> apply(const EndpointChange& change, Endpoint& endpoint);

}  // namespace frontdesk::webhooks

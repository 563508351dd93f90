#include "webhooks/payload.hpp"

#include "core/digest.hpp"
#include "core/ensure.hpp"
#include "core/json_writer.hpp"

#include <algorithm>
#include <utility>

namespace frontdesk::webhooks {

std::string payload(std::string_view event, Instant timestamp, std::string_view data_json) {
  ENSURE(data_json.starts_with('{') && data_json.ends_with('}'));
  std::string body;
  JsonWriter json(body);
  json.begin_object();
  json.member("type", event);
  json.member("timestamp", timestamp);
  json.key("data").raw(data_json);
  json.end_object();
  return body;
}

queue::Message message_to(EndpointId endpoint, std::string event, std::string body,
                          std::optional<AppointmentId> appointment) {
  return {.event = std::move(event),
          .channel = "webhook",
          .to = endpoint.to_string(),
          .subject = {},
          .text = std::move(body),
          .html = {},
          .appointment = appointment};
}

// RFC 9562 5.8, its time that of the event: ids of about the same time lie together in indexes.
Uuid message_id(const Uuid& event_id, EndpointId endpoint) {
  constexpr std::size_t time_bytes = 6;
  const auto digest = sha256("webhook " + event_id.to_string() + " " + endpoint.to_string());
  Uuid id;
  std::copy_n(event_id.bytes.begin(), time_bytes, id.bytes.begin());
  std::copy_n(digest.begin(), id.bytes.size() - time_bytes, id.bytes.begin() + time_bytes);
  id.bytes[6] = static_cast<std::uint8_t>(0x80U | (id.bytes[6] & 0x0fU));
  id.bytes[8] = static_cast<std::uint8_t>(0x80U | (id.bytes[8] & 0x3fU));
  return id;
}

}  // namespace frontdesk::webhooks

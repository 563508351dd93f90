#include "webhooks/wire.hpp"

#include "webhooks/endpoint_url.hpp"

#include <algorithm>

namespace frontdesk::webhooks::wire {
namespace {

constexpr http::TextLimits description_limits{.max = 200};
constexpr http::TextLimits url_limits{.min = 1, .max = max_url_bytes};

void write_members(JsonWriter& json, const Endpoint& endpoint) {
  json.member("id", endpoint.id);
  json.member("url", endpoint.url);
  json.key("events").begin_array();
  for (const auto& event : endpoint.events) json.value(event);
  json.end_array();
  json.member("description", endpoint.description);
  json.member("active", endpoint.active);
  json.key("disabled_reason");
  if (endpoint.disabled_because) {
    json.value(*endpoint.disabled_because == DisabledBecause::gone ? "gone" : "failing");
  } else {
    json.null();
  }
  json.member("failing_since", endpoint.failing_since);
  json.member("created_at", endpoint.created_at);
  json.member("updated_at", endpoint.updated_at);
  json.member("version", endpoint.version);
}

void check_url(http::Fields& fields, const std::optional<std::string>& url,
               const outbound::Reach& reach) {
  if (!url) return;
  if (auto why = why_refused(*url, reach)) fields.reject("url", "invalid", std::move(*why));
}

// Each once; at least one.
void check_events(http::Fields& fields, std::optional<std::vector<std::string>>& events) {
  if (!events) return;
  if (events->empty()) fields.reject("events", "too_short", "events must have at least one.");
  std::vector<std::string> distinct;
  for (auto& event : *events) {
    if (std::ranges::find(known_events(), event) == known_events().end()) {
      fields.reject("events", "invalid", "events must be those that the reference lists.");
      return;
    }
    if (std::ranges::find(distinct, event) == distinct.end()) distinct.push_back(std::move(event));
  }
  events = std::move(distinct);
}

constexpr std::size_t max_events = 50;  // some twice

}  // namespace

void write(JsonWriter& json, const Endpoint& endpoint) {
  json.begin_object();
  write_members(json, endpoint);
  json.end_object();
}

void write(JsonWriter& json, const Issued& issued) {
  json.begin_object();
  write_members(json, issued.endpoint);
  json.member("secret", issued.secret);
  json.end_object();
}

void write(JsonWriter& json, const Delivery& delivery) {
  json.begin_object();
  json.member("id", delivery.id);
  json.member("message_id", delivery.message);
  json.member("event", delivery.event);
  json.member("appointment_id", delivery.appointment);
  json.member("attempt", delivery.attempt);
  json.member("status", delivery.delivered ? "delivered" : "failed");
  json.member("status_code", delivery.status_code);
  json.member("duration_ms", delivery.duration.count());
  json.member("error", delivery.error);
  json.member("attempted_at", delivery.attempted_at);
  json.end_object();
}

Result<NewEndpoint> read_new(const boost::json::value& body, const outbound::Reach& reach) {
  http::Fields fields(body);
  auto url = fields.text("url", url_limits);
  auto events = fields.texts("events", max_events);
  auto description = fields.optional_text("description", description_limits);
  check_url(fields, url, reach);
  check_events(fields, events);
  if (auto error = fields.error()) return refuse(std::move(*error));
  return NewEndpoint{.url = std::move(*url),
                     .description = std::move(description).value_or(""),
                     .events = std::move(*events)};
}

Result<EndpointChange> read_change(const boost::json::value& body, const outbound::Reach& reach) {
  http::Fields fields(body);
  EndpointChange change{.url = fields.optional_text("url", url_limits),
                        .description = fields.optional_text("description", description_limits),
                        .events = fields.texts("events", max_events, true),
                        .active = fields.optional_boolean("active")};
  check_url(fields, change.url, reach);
  check_events(fields, change.events);
  if (auto error = fields.error()) return refuse(std::move(*error));
  return change;
}

std::optional<bool> read_status(http::QueryFields& query) {
  const auto status = query.optional_choice("status", {"delivered", "failed"});
  return status ? std::optional(*status == "delivered") : std::nullopt;
}

}  // namespace frontdesk::webhooks::wire

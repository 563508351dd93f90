#pragma once

#include "core/error.hpp"
#include "core/json_writer.hpp"
#include "http/fields.hpp"
#include "outbound/reach.hpp"
#include "webhooks/webhooks.hpp"

#include <optional>

#include <boost/json/value.hpp>

namespace frontdesk::webhooks::wire {

/// {id, url, events, description, active, disabled_reason, failing_since, created_at, updated_at,
/// version}
void write(JsonWriter& json, const Endpoint& endpoint);
/// The same with {secret}.
void write(JsonWriter& json, const Issued& issued);
/// {id, message_id, event, appointment_id, attempt, status, status_code, duration_ms, error,
/// attempted_at}
void write(JsonWriter& json, const Delivery& delivery);

/// {url, events, description?}
Result<NewEndpoint> read_new(const boost::json::value& body, const outbound::Reach& reach);
/// {url?, events?, description?, active?}
Result<EndpointChange> read_change(const boost::json::value& body, const outbound::Reach& reach);
/// `status`: delivered or failed; which of the two, as a yes or no.
std::optional<bool> read_status(http::QueryFields& query);

}  // namespace frontdesk::webhooks::wire

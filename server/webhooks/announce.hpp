#pragma once

#include "core/instant.hpp"
#include "core/task.hpp"
#include "core/uuid.hpp"
#include "db/connection.hpp"
#include "queue/outbox.hpp"

#include <string_view>

namespace frontdesk::webhooks {

/// Has every active endpoint that listens to `event` (`appointment.booked`) told of it: one message
/// of channel `webhook` each, in the caller's transaction. Its id follows from `event_id` and the
/// endpoint, so that announcing the same event again adds nothing. Messages about one appointment
/// reach each endpoint in the order in which they were added. `data_json` is a JSON object, the
/// payload's `data`; `occurred_at` its `timestamp` (Standard Webhooks). Throws what
/// db::Connection throws.
Task<void> announce(db::Connection& connection, const queue::Outbox& outbox, const Uuid& event_id,
                    std::string_view event, const AppointmentId& appointment,
                    std::string_view data_json, Instant occurred_at);

}  // namespace frontdesk::webhooks

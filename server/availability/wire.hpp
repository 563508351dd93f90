#pragma once

#include "availability/availability.hpp"
#include "core/json_writer.hpp"
#include "http/request.hpp"

namespace frontdesk::availability::wire {

/// `?service_id&from&to[&staff_id][&timezone][&party_size]`: from <= to, at most 62 dates.
Result<SlotsRequest> read_slots(const http::Request& request);

/// `?service_id[&staff_id][&timezone][&party_size]`
Result<NextRequest> read_next(const http::Request& request);

/// The availability answer of api.md.
void write(JsonWriter& json, const Answer& answer);

}  // namespace frontdesk::availability::wire

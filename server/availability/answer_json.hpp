#pragma once

#include "availability/slots.hpp"
#include "core/json_writer.hpp"

#include <span>
#include <string>

namespace frontdesk::availability {

/// Writes the availability answer of api.md: `{timezone, days: [{date, slots: [{time, starts_at,
/// ends_at, staff_ids, seats_left?}]}]}`. `staff_ids` holds each member's id as JSON, in the
/// snapshot's order.
void write_free_slots(JsonWriter& json, const FreeSlots& slots,
                      std::span<const std::string> staff_ids);

}  // namespace frontdesk::availability

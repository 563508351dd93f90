#pragma once

#include "availability/slots.hpp"
#include "core/json_writer.hpp"

#include <span>
#include <string>

namespace frontdesk::availability {

/// Writes one slot's members, without the braces: time, starts_at, ends_at, staff_ids and, for a
/// class, seats_left. `staff_ids` holds each member's id as JSON, in the snapshot's order.
void write_slot_members(JsonWriter& json, const FreeSlots& slots, const Slot& slot,
                        std::span<const std::string> staff_ids);

/// Writes the availability answer of api.md: `{timezone, days: [{date, slots: […]}]}`.
void write_free_slots(JsonWriter& json, const FreeSlots& slots,
                      std::span<const std::string> staff_ids);

}  // namespace frontdesk::availability

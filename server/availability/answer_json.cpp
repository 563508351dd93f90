#include "availability/answer_json.hpp"

namespace frontdesk::availability {

void write_slot_members(JsonWriter& json, const FreeSlots& slots, const Slot& slot,
                        std::span<const std::string> staff_ids) {
  json.member("time", slot.time).member("starts_at", slot.start).member("ends_at", slot.end);
  json.key("staff_ids").begin_array();
  slots.staff_of(slot, [&](std::size_t index) { json.raw(staff_ids[index]); });
  json.end_array();
  if (slot.seats_left > 0) json.member("seats_left", slot.seats_left);
}

void write_free_slots(JsonWriter& json, const FreeSlots& slots,
                      std::span<const std::string> staff_ids) {
  json.begin_object();
  json.member("timezone", slots.zone.name());
  json.key("days").begin_array();
  for (const FreeDay& day : slots.days) {
    json.begin_object();
    json.member("date", day.date);
    json.key("slots").begin_array();
    for (const Slot& slot : day.slots) {
      json.begin_object();
      write_slot_members(json, slots, slot, staff_ids);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace frontdesk::availability

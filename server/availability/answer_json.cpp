#include "availability/answer_json.hpp"

#include <algorithm>

namespace frontdesk::availability {
namespace {

/// The `staff_ids` of slots as text. Neighbours mostly name the same people, and a month for twenty
/// of them has tens of thousands of ids: a list is put together only where it changes.
class StaffLists {
 public:
  StaffLists(const FreeSlots& slots, std::span<const std::string> staff_ids)
      : slots_(slots), staff_ids_(staff_ids) {}

  std::string_view of(const Slot& slot) {
    const auto words = std::span(slots_.staff_sets)
                           .subspan(slot.staff_set * slots_.words_per_set, slots_.words_per_set);
    if (text_.empty() || !std::ranges::equal(words, shown_)) {
      shown_ = words;
      text_.clear();
      JsonWriter json(text_);
      json.begin_array();
      slots_.staff_of(slot, [&](std::size_t index) { json.raw(staff_ids_[index]); });
      json.end_array();
    }
    return text_;
  }

 private:
  const FreeSlots& slots_;
  std::span<const std::string> staff_ids_;
  std::span<const std::uint64_t> shown_;
  std::string text_;  ///< the list of `shown_`
};

void write_slot(JsonWriter& json, const Slot& slot, StaffLists& lists) {
  json.begin_object();
  json.member("time", slot.time).member("starts_at", slot.start).member("ends_at", slot.end);
  json.key("staff_ids").raw(lists.of(slot));
  if (slot.seats_left > 0) json.member("seats_left", slot.seats_left);
  json.end_object();
}

}  // namespace

void write_free_slots(JsonWriter& json, const FreeSlots& slots,
                      std::span<const std::string> staff_ids) {
  StaffLists lists(slots, staff_ids);
  json.begin_object();
  json.member("timezone", slots.zone.name());
  json.key("days").begin_array();
  for (const FreeDay& day : slots.days) {
    json.begin_object();
    json.member("date", day.date);
    json.key("slots").begin_array();
    for (const Slot& slot : day.slots) write_slot(json, slot, lists);
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace frontdesk::availability

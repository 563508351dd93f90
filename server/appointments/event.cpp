#include "appointments/event.hpp"

#include "queue/event.hpp"

#include <array>

namespace frontdesk::appointments {

std::string name_of(Event event, Status status) {
  constexpr std::array<std::string_view, event_count> names{
      "booked", "confirmed", "rescheduled", "cancelled", "completed", "no_show", "reopened"};
  if (event == Event::booked && status == Status::pending) return "appointment.requested";
  return "appointment." + std::string(names[static_cast<std::size_t>(event)]);
}

queue::Message event_message(Event event, const Appointment& appointment, std::string_view view,
                             const std::optional<UserId>& by, const std::optional<Before>& before) {
  queue::FactsWriter facts;
  if (const auto name = customer_name(appointment); !name.empty()) facts.text("name", name);
  facts.text("service", appointment.service.name)
      .text("staff", appointment.staff.name)
      .moment("starts_at", appointment.starts_at, appointment.timezone)
      .number("minutes", appointment.duration_minutes);
  if (appointment.price.amount_minor > 0) facts.money("price", appointment.price);
  if (appointment.party_size > 1) facts.number("party_size", appointment.party_size);
  if (before && before->starts_at != appointment.starts_at) {
    facts.moment("previous_starts_at", before->starts_at, appointment.timezone);
  }
  if (event == Event::cancelled && appointment.cancel_reason) {
    facts.text("reason", *appointment.cancel_reason);
  }
  facts.json("appointment", view);
  if (by) facts.text("by", by->to_string());
  if (before && before->staff != appointment.staff.id) {
    facts.text("previous_staff_id", before->staff.to_string());
  }
  auto message = queue::event_message(name_of(event, appointment.status), facts);
  message.appointment = appointment.id;
  if (appointment.user) message.user = appointment.user->id;
  if (appointment.walk_in) message.to = appointment.walk_in->email.value_or("");
  return message;
}

}  // namespace frontdesk::appointments

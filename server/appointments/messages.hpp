#pragma once

#include "appointments/appointment.hpp"
#include "queue/message.hpp"

#include <cstdint>
#include <string>

namespace frontdesk::appointments {

/// What a customer is told of. The name of each is the outbox's event.
enum class Event : std::uint8_t {
  booked,
  confirmed,
  rescheduled,
  cancelled,
  completed,
  missed,
  reopened
};
inline constexpr int event_count = 7;

/// `appointment.booked`
std::string name_of(Event event);

/// The e-mail to the customer: what, with whom, when by the business's clock and in which zone.
/// `appointment` is as it stands after the event; it has a user or a walk-in (ENSURE).
queue::Message message_to_customer(Event event, const Appointment& appointment,
                                   const std::string& email);

/// `Tuesday, 3 March 2026 at 14:30 (Europe/Berlin)`
std::string describe_start(const Appointment& appointment);

}  // namespace frontdesk::appointments

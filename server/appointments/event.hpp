#pragma once

#include "appointments/appointment.hpp"
#include "queue/message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace frontdesk::appointments {

/// What happened to an appointment: the customer, the member of staff and other programs are told.
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

/// `appointment.booked`; `appointment.requested` for a booking that is still to be confirmed.
std::string name_of(Event event, Status status);

/// How an appointment was before it moved.
struct Before {
  Instant starts_at;
  StaffId staff;
};

/// The event as it goes into the outbox (ADR 0008): the facts for the customer by the catalogue's
/// names and, for those who tell others, `appointment`, which is `view` (to_json()), `by`, who did
/// it, and `previous_staff_id`. `appointment` is as it stands after the event.
queue::Message event_message(Event event, const Appointment& appointment, std::string_view view,
                             const std::optional<UserId>& by, const std::optional<Before>& before);

}  // namespace frontdesk::appointments

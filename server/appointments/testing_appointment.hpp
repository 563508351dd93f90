#pragma once

#include "appointments/appointment.hpp"

namespace frontdesk::appointments {

/// A confirmed appointment that tests change where they need another one.
inline Appointment an_appointment() {
  return {.id = *AppointmentId::parse("0192f0d0-3c11-7b11-9d1d-6b2f2f7a9e01"),
          .user = Named<UserId>{UserId::generate(), "Ada"},
          .service = {ServiceId::generate(), "Cut & finish"},
          .staff = {StaffId::generate(), "Mara"},
          .date = *parse_date("2026-03-03"),
          .time = *parse_time("14:30"),
          .timezone = "Europe/Berlin",
          .starts_at = *parse_instant("2026-03-03T13:30:00Z"),
          .ends_at = *parse_instant("2026-03-03T14:15:00Z"),
          .duration_minutes = 45,
          .price = {4500, "EUR"},
          .status = Status::confirmed,
          .party_size = 1,
          .notes = "ring\ntwice",
          .cancel_reason = std::nullopt,
          .created_at = *parse_instant("2026-03-01T18:20:31Z"),
          .updated_at = *parse_instant("2026-03-01T18:20:31Z"),
          .version = 1};
}

}  // namespace frontdesk::appointments

#pragma once

#include "appointments/appointment.hpp"
#include "core/json_writer.hpp"

#include <string>

namespace frontdesk::appointments {

/// The appointment of api.md, as every answer shows it and as the idempotency table keeps it (R18).
void write(JsonWriter& json, const Appointment& appointment);

/// The same as a text of its own.
std::string to_json(const Appointment& appointment);

}  // namespace frontdesk::appointments

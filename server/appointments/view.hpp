#pragma once

#include "appointments/appointment.hpp"
#include "core/json_writer.hpp"

#include <cstdint>
#include <optional>
#include <string>

#include <boost/json/value.hpp>

namespace frontdesk::appointments {

/// The appointment of api.md, as every answer shows it and as the idempotency table keeps it (R18).
void write(JsonWriter& json, const Appointment& appointment);

/// The same as a text of its own; for the answer to a booking of a class with the seats that are
/// left after it.
std::string to_json(const Appointment& appointment,
                    std::optional<std::int32_t> seats_left = std::nullopt);

/// The appointment that `view` shows, which one of the two above wrote; nothing where it is of
/// another form.
std::optional<Appointment> read_view(const boost::json::value& view);

}  // namespace frontdesk::appointments

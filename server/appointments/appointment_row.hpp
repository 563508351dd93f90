#pragma once

#include "appointments/appointment.hpp"
#include "db/rows.hpp"

namespace frontdesk::appointments::store {

/// How many columns an appointment takes in the statements that read one.
inline constexpr int appointment_columns = 25;

/// Reads the first columns of a row of find_appointment, lock_appointment and the lists.
Appointment read_appointment(const db::Row& row);

}  // namespace frontdesk::appointments::store

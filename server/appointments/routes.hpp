#pragma once

#include "appointments/appointments.hpp"
#include "http/route.hpp"

namespace frontdesk::appointments {

/// The routes under /api/v1/appointments. All need a login; the SQL ties rows to the caller (R16).
/// `appointments` must outlive the table.
http::RouteTable routes(Appointments& appointments);

}  // namespace frontdesk::appointments

#pragma once

#include "app/config.hpp"
#include "doctor/doctor.hpp"

namespace frontdesk::app {

/// Whether pushes could leave: fetches an access token for FCM, as the server does, and sends
/// nothing. Nothing to say where no sender of pushes is configured.
doctor::Findings check_push(const Config& config);

}  // namespace frontdesk::app

#pragma once

#include "app/config.hpp"
#include "doctor/doctor.hpp"

namespace frontdesk::app {

/// Whether SMS could leave: reads our account at Twilio, and sends nothing.
doctor::Findings check_sms(const Config& config);

}  // namespace frontdesk::app

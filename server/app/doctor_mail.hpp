#pragma once

#include "app/config.hpp"
#include "doctor/doctor.hpp"

namespace frontdesk::app {

/// Whether mails could leave: logs in to the mail server, as the server does, and sends nothing.
doctor::Findings check_mail(const Config& config);

}  // namespace frontdesk::app

#pragma once

#include "app/config.hpp"

namespace frontdesk::app {

/// Says on standard output, in lines or as JSON, how the installation is. Returns 1 where there is
/// a problem, else 0. A private database that no server runs is started for it and stopped again.
int examine(Variables variables, bool as_json);

}  // namespace frontdesk::app

#pragma once

#include "availability/availability.hpp"
#include "http/route.hpp"

namespace frontdesk::availability {

/// The public routes that say what is free. `availability` must outlive the table.
http::RouteTable routes(Availability& availability);

}  // namespace frontdesk::availability

#pragma once

#include "http/route.hpp"
#include "notifications/devices.hpp"

namespace frontdesk::notifications {

/// /api/v1/devices/{device_id}, for those who are logged in, and /api/v1/push-config, for anyone.
/// `devices` must outlive the routes.
http::RouteTable device_routes(Devices& devices);

}  // namespace frontdesk::notifications

#pragma once

#include "http/route.hpp"
#include "notifications/notifications.hpp"

namespace frontdesk::notifications {

/// /api/v1/outbox, for those with notifications.send. `notifications` must outlive the routes.
http::RouteTable routes(Notifications& notifications);

}  // namespace frontdesk::notifications

#pragma once

#include "http/route.hpp"
#include "notifications/own_notifications.hpp"

namespace frontdesk::notifications {

/// /api/v1/users/me/notification-preferences and /api/v1/notifications, for those who are logged
/// in. `notifications` must outlive the routes.
http::RouteTable own_routes(OwnNotifications& notifications);

}  // namespace frontdesk::notifications

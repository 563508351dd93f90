#pragma once

#include "http/route.hpp"
#include "notifications/sms_statuses.hpp"

namespace frontdesk::notifications {

/// /callbacks/twilio/{id}, which Twilio calls. `statuses` must outlive the routes.
http::RouteTable sms_status_routes(SmsStatuses& statuses);

}  // namespace frontdesk::notifications

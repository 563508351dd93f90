#pragma once

#include "appointments/calendar_feeds.hpp"
#include "http/route.hpp"

namespace frontdesk::appointments {

/// `feeds` must outlive the table.
http::RouteTable calendar_feed_routes(CalendarFeeds& feeds);

}  // namespace frontdesk::appointments

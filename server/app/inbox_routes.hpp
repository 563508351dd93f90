#pragma once

#include "http/route.hpp"
#include "queue/development_inbox.hpp"

namespace frontdesk::app {

/// GET /dev/inbox: what would have been sent, newest first. A page for people; a list for programs
/// that accept application/json; `?to=` takes one person's. Only for development: whoever can
/// reach it reads every code. `inbox` must outlive the routes.
http::RouteTable inbox_routes(queue::DevelopmentInbox& inbox);

}  // namespace frontdesk::app

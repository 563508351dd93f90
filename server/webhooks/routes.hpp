#pragma once

#include "http/route.hpp"
#include "webhooks/webhooks.hpp"

namespace frontdesk::webhooks {

/// The routes of /webhooks, all with settings.manage. `webhooks` must outlive the table.
http::RouteTable routes(Webhooks& webhooks);

}  // namespace frontdesk::webhooks

#pragma once

#include "accounts/accounts.hpp"
#include "http/body_gate.hpp"
#include "http/route.hpp"
#include "media/media.hpp"

namespace frontdesk::accounts {

/// PUT and DELETE of /users/me/avatar. All must outlive the table.
http::RouteTable avatar_routes(Accounts& accounts, media::Media& media, http::BodyGate& gate);

}  // namespace frontdesk::accounts

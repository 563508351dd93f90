#pragma once

#include "accounts/accounts.hpp"
#include "http/route.hpp"

namespace frontdesk::accounts {

/// The routes of /auth and /users/me. `accounts` must outlive the table.
http::RouteTable routes(Accounts& accounts);

}  // namespace frontdesk::accounts

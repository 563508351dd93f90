#pragma once

#include "accounts/accounts.hpp"
#include "http/route.hpp"

namespace frontdesk::accounts {

/// The routes by which logins are managed: /users. `accounts` must outlive the table.
http::RouteTable user_routes(Accounts& accounts);

}  // namespace frontdesk::accounts

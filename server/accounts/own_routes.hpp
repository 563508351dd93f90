#pragma once

#include "accounts/accounts.hpp"
#include "http/route.hpp"

#include <string_view>

namespace frontdesk::accounts {

using Handler = Task<http::Response> (*)(Accounts&, const http::Request&);

/// A handler that works on these accounts; they must outlive it.
http::Handler bind(Accounts& accounts, Handler handler);

/// A route by which somebody who is logged in deals with what is their own.
http::Route own(Accounts& accounts, http::Method method, std::string_view pattern,
                std::string_view operation, Handler handler,
                http::RateBudget budget = http::RateBudget::general);

/// The routes of /users/me. `accounts` must outlive the table.
http::RouteTable me_routes(Accounts& accounts);

}  // namespace frontdesk::accounts

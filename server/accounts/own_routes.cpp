#include "accounts/own_routes.hpp"

namespace frontdesk::accounts {

http::Handler bind(Accounts& accounts, Handler handler) {
  return [&accounts, handler](const http::Request& request) { return handler(accounts, request); };
}

http::Route own(Accounts& accounts, http::Method method, std::string_view pattern,
                std::string_view operation, Handler handler, http::RateBudget budget) {
  return {.method = method,
          .pattern = pattern,
          .operation = operation,
          .access = http::Access::logged_in(),
          .ownership = http::Ownership::self,
          .handler = bind(accounts, handler),
          .budget = budget};
}

}  // namespace frontdesk::accounts

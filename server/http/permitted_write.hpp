#pragma once

#include "http/route.hpp"

#include <string_view>

namespace frontdesk::http {

/// A change of what belongs to the business, for those whose role has `permission`: `write` asks
/// `feature`, which must outlive the route.
template <class Feature>
Route permitted_write(Feature& feature, Method method, std::string_view pattern,
                      std::string_view operation, Permission permission,
                      Task<Response> (*write)(Feature&, const Request&)) {
  return {.method = method,
          .pattern = pattern,
          .operation = operation,
          .access = Access::with(permission),
          .ownership = Ownership::none,
          .handler = [&feature, write](const Request& request) { return write(feature, request); }};
}

}  // namespace frontdesk::http

#pragma once

#include "http/route.hpp"

#include <string_view>

namespace frontdesk::http {

/// A GET that everybody may make and a CDN may keep: `read` asks `feature`, which must outlive the
/// route.
template <class Feature>
Route public_read(Feature& feature, std::string_view pattern, std::string_view operation,
                  Task<Response> (*read)(Feature&, const Request&)) {
  return {.method = Method::get,
          .pattern = pattern,
          .operation = operation,
          .access = Access::anyone(),
          .ownership = Ownership::none,
          .handler = [&feature, read](const Request& request) { return read(feature, request); },
          .caching = Caching::shared};
}

}  // namespace frontdesk::http

#pragma once

#include "http/route.hpp"
#include "http/static_content.hpp"

#include <memory>

namespace frontdesk::app {

/// The pages about the API itself, made once and shared by all threads.
struct Reference {
  std::shared_ptr<const http::StaticContent> start_page;  ///< /
  std::shared_ptr<const http::StaticContent> page;        ///< /docs
  std::shared_ptr<const http::StaticContent> document;    ///< /openapi.json
};

/// In development the start page links the development inbox. `public_url_is_https` decides what
/// the pages' policies may demand (R35).
Reference make_reference(bool development, bool public_url_is_https);

/// GET /, /docs with the files that it loads, and /openapi.json. None of them is counted (R20).
/// The files stay in the binary's read-only data: a request copies its own, nothing is kept.
http::RouteTable reference_routes(const Reference& reference);

}  // namespace frontdesk::app

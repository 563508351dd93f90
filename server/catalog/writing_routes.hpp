#pragma once

#include "catalog/catalog.hpp"
#include "http/route.hpp"

namespace frontdesk::catalog {

/// PATCH /settings, POST and DELETE of /closures. `catalog` must outlive the table.
http::RouteTable business_routes(Catalog& catalog);

/// POST, PATCH and DELETE of /service-categories, and their order. Likewise.
http::RouteTable category_routes(Catalog& catalog);

/// POST, PATCH and DELETE of /services, and their order. Likewise.
http::RouteTable service_routes(Catalog& catalog);

}  // namespace frontdesk::catalog

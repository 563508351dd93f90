#pragma once

#include "catalog/catalog.hpp"
#include "http/route.hpp"

namespace frontdesk::catalog {

/// The public reading routes of categories, services, closures and settings. `catalog` must outlive
/// the table.
http::RouteTable routes(Catalog& catalog);

}  // namespace frontdesk::catalog

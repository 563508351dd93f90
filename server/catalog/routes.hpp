#pragma once

#include "catalog/catalog.hpp"
#include "http/route.hpp"

namespace frontdesk::catalog {

/// The routes of categories, services, closures and settings: public reading, and writing for those
/// who may. `catalog` must outlive the table.
http::RouteTable routes(Catalog& catalog);

}  // namespace frontdesk::catalog

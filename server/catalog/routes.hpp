#pragma once

#include "catalog/catalog.hpp"
#include "http/answer_cache.hpp"
#include "http/route.hpp"

namespace frontdesk::catalog {

/// The routes of categories, services, closures and settings: public reading, and writing for those
/// who may. Both must outlive the table. Pages of services and categories are kept in `answers`,
/// which must be cleared by whatever changes them.
http::RouteTable routes(Catalog& catalog, http::AnswerCache& answers);

}  // namespace frontdesk::catalog

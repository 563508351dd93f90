#pragma once

#include "catalog/catalog.hpp"
#include "http/body_gate.hpp"
#include "http/route.hpp"
#include "media/media.hpp"

namespace frontdesk::catalog {

/// PUT and DELETE of /services/{id}/image. All must outlive the table.
http::RouteTable image_routes(Catalog& catalog, media::Media& media, http::BodyGate& gate);

}  // namespace frontdesk::catalog

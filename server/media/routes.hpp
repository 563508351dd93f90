#pragma once

#include "http/answer_cache.hpp"
#include "http/route.hpp"
#include "media/media.hpp"

namespace frontdesk::media {

/// GET /media/{key}/{file}: the files themselves, to everybody; those of private images to who has
/// a ticket of `links`. They pass through the server, be they in a folder or in S3: one address
/// that never changes, which browsers and CDNs keep for good and the pages' `img-src 'self'`
/// allows, while the bucket stays closed. Files that were asked for lately are kept in `files`. All
/// must outlive the table.
http::RouteTable routes(Media& media, const Links& links, http::AnswerCache& files);

}  // namespace frontdesk::media

#pragma once

#include "gallery/gallery.hpp"
#include "http/answer_cache.hpp"
#include "http/body_gate.hpp"
#include "http/route.hpp"
#include "media/media.hpp"

namespace frontdesk::gallery {

/// The routes of /gallery: public reading, and writing with gallery.manage. Pages are kept in
/// `answers`, which must be cleared by whatever changes them. All must outlive the table.
http::RouteTable routes(Gallery& gallery, media::Media& media, http::BodyGate& gate,
                        http::AnswerCache& answers);

}  // namespace frontdesk::gallery

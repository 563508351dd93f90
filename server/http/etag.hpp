#pragma once

#include <string>
#include <string_view>

namespace frontdesk::http {

/// A weak entity tag of these bytes, `W/"…"`: equal bytes have equal tags on every instance, and
/// two different ones have the same once in 2^64 times. No defence against somebody who wants that.
std::string weak_etag(std::string_view bytes);

/// Whether If-None-Match names `etag`, by weak comparison (RFC 9110 sections 8.8.3.2 and 13.1.2):
/// `*`, or a list of entity tags. A field that is malformed matches nothing from there on.
bool etag_matches(std::string_view if_none_match, std::string_view etag);

}  // namespace frontdesk::http

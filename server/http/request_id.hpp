#pragma once

#include <string>
#include <string_view>

namespace frontdesk::http {

/// A new id, a version 7 UUID.
std::string make_request_id();

/// Whether an id that a trusted proxy sent may be taken over: 1 to 64 of [A-Za-z0-9_-], nothing
/// that could confuse a log or a header.
bool is_request_id(std::string_view text);

}  // namespace frontdesk::http

#pragma once

#include "core/error.hpp"

#include <string_view>

#include <boost/json/value.hpp>

namespace frontdesk::http {

/// Reads one JSON value (RFC 8259), held to R30: nested at most 32 deep, no name twice in an
/// object, well-formed UTF-8 without a byte order mark, no U+0000 and no lone surrogate (raw or
/// escaped), no number beyond the range of a double, nothing but blanks around the value.
/// Everything else is 400 `malformed_json`. Integers within int64 stay exact; Fields checks ranges.
Result<boost::json::value> parse_strict_json(std::string_view text);

}  // namespace frontdesk::http

#pragma once

#include "core/error.hpp"

#include <string>
#include <string_view>

namespace frontdesk::http {

/// What the target of a request line means to an origin server (RFC 9112 section 3.2).
struct RequestTarget {
  std::string path_and_query;  ///< origin form, or `*` (OPTIONS only)
  std::string authority;       ///< of an absolute form, and then it outranks Host; else empty
};

/// Reads a target in origin form, in absolute form with http or https, or `*` for OPTIONS.
/// Refuses with malformed (400): control and 8-bit bytes, white space, `#`, an authority that is no
/// `host[:port]` or carries user information, any other form; CONNECT with not_implemented (501).
Result<RequestTarget> parse_request_target(std::string_view method, std::string_view target);

/// Whether `text` is `uri-host [":" port]` of RFC 9110 section 7.2 with a host that is not empty: a
/// registered name or IPv4 address, or an IPv6 address in brackets; port at most 65535.
bool is_host_and_port(std::string_view text);

/// A request whose head cannot be read: 400 `malformed_request`.
Error malformed_request(std::string message);

}  // namespace frontdesk::http

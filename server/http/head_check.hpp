#pragma once

#include "core/error.hpp"
#include "http/exchange.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

/// The strict reading of a request head that everything behind it may trust (R40, R42). Pure
/// functions over bytes: no I/O, no state.
namespace frontdesk::http {

inline constexpr std::size_t head_limit_bytes =
    std::size_t{8} * 1024;  ///< request line to empty line (R42)
inline constexpr std::size_t target_limit_bytes = std::size_t{4} * 1024;  ///< as sent (R42)
inline constexpr std::size_t field_limit = 100;                           ///< lines (R40)

/// How the end of a request's body is found (RFC 9112 section 6.3).
struct BodyFraming {
  enum class Kind { none, content_length, chunked };
  Kind kind = Kind::none;
  std::uint64_t length_bytes = 0;  ///< content_length only

  [[nodiscard]] bool has_body() const {
    return kind == Kind::chunked || (kind == Kind::content_length && length_bytes > 0);
  }
};

/// A head that keeps every rule of RFC 9112 that a server must or should enforce.
struct CheckedHead {
  RequestHead request;  ///< peer_address and received_at are the connection's to fill in
  BodyFraming body;
  bool is_http_1_0 = false;
  bool keep_alive = true;         ///< as the client wishes, by version and Connection
  bool expects_continue = false;  ///< `Expect: 100-continue` on HTTP/1.1
};

/// Where the head in `bytes` ends (offset behind the empty line), or nothing while it is
/// incomplete. `scanned` starts at 0, remembers what was looked at and belongs to one head.
/// Refuses as soon as it can be known: a line feed without its carriage return or a first byte that
/// begins no method (400 `malformed_request`); more than head_limit_bytes (431
/// `headers_too_large`), or 414 `target_too_long` where the target is what is too long.
Result<std::optional<std::size_t>> find_head_end(std::string_view bytes, std::size_t& scanned);

/// Checks one whole head: `head` starts at the method and ends with the empty line.
///
/// Field names come out in lower case, values trimmed. Of an absolute-form target the path and
/// query come out as the target and its authority as `host` (RFC 9112 section 3.2.2).
///
/// Refuses with 400 `malformed_request` what R40 lists: any Transfer-Encoding but a single
/// `chunked` on HTTP/1.1, Transfer-Encoding beside Content-Length, a repeated, non-numeric or
/// overflowing Content-Length, folded lines, white space before a colon, control bytes anywhere,
/// 8-bit bytes outside of field values, field values that are not UTF-8, no or several Host on
/// HTTP/1.1, several on 1.0, a version other than 1.0 and 1.1, more than field_limit fields. 414,
/// 417 (an expectation other than 100-continue), 431 and 501 (CONNECT) where those are meant.
Result<CheckedHead> check_head(std::string_view head);

}  // namespace frontdesk::http

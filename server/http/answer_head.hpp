#pragma once

#include "http/exchange.hpp"

#include <string>
#include <string_view>

namespace frontdesk::http {

/// What the answer says about the connection's future.
enum class Persistence {
  implied,     ///< HTTP/1.1 stays open without a word
  keep_alive,  ///< said to a client of HTTP/1.0 that asked for it
  close,
};

/// The body of an answer, whichever of its two places it is in.
std::string_view body_of(const Outgoing& answer);

/// Appends everything up to and including the empty line: status line, Date, Content-Length (not
/// with 204, RFC 9110 section 8.6), Connection where it must be said, and the answer's own block.
void append_answer_head(std::string& out, const Outgoing& answer, Persistence persistence,
                        std::string_view date);

}  // namespace frontdesk::http

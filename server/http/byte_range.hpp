#pragma once

#include "http/request.hpp"
#include "http/response.hpp"
#include "http/static_content.hpp"

#include <cstddef>
#include <memory>
#include <string_view>

/// Parts of a file (RFC 9110 section 14): one range of bytes; whoever asks for several, or for what
/// cannot be read, gets all of it, as the section allows.
namespace frontdesk::http {

struct ByteRange {
  enum class Kind {
    whole,          ///< no Range, or one that is to be ignored
    part,           ///< `size` bytes from `first` on
    unsatisfiable,  ///< it begins behind the end
  };
  Kind kind = Kind::whole;
  std::size_t first = 0;
  std::size_t size = 0;
};

/// What `bytes=0-499`, `bytes=500-` or `bytes=-500` means for a body of `body_size` bytes.
ByteRange parse_byte_range(std::string_view range, std::size_t body_size);

/// 200 with all of it, 206 with the part that the request asks for, or 416 `range_not_satisfiable`.
/// An If-Range that is not the content's strong tag asks for all of it. A request that has what it
/// asks for already (If-None-Match) is for the composer.
Response serve_part(std::shared_ptr<const StaticContent> content, const Request& request);

}  // namespace frontdesk::http

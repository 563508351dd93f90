#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace frontdesk::http {

/// Bodies below this gain nothing: they fit one packet either way.
inline constexpr std::size_t min_compressed_body_bytes = 1024;

/// Whether Accept-Encoding wants gzip (RFC 9110 section 12.5.3): named with a weight above zero, or
/// covered by `*`, and not less than an identity that is named. An absent field does not.
bool accepts_gzip(std::string_view accept_encoding);

/// How hard to try.
enum class CompressionEffort {
  quick,    ///< for an answer that is made now
  thorough  ///< for content that is kept
};

/// `body` in gzip format (RFC 1952). Throws std::bad_alloc only.
std::string gzip(std::string_view body, CompressionEffort effort);

}  // namespace frontdesk::http

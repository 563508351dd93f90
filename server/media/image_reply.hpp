#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What frontdesk-image writes and the server reads. The writer has decoded what a stranger sent,
/// so the reader takes nothing on trust.
namespace frontdesk::media {

/// An image in one width.
struct Rendition {
  std::int16_t width_px = 0;
  std::int16_t height_px = 0;
  std::string webp = {};
  std::string jpeg = {};

  friend bool operator==(const Rendition&, const Rendition&) = default;
};

struct ImageReply {
  std::int32_t width_px = 0;  ///< of the original, turned upright
  std::int32_t height_px = 0;
  std::string blurhash = {};
  std::vector<Rendition> renditions = {};  ///< one to three, the narrowest first

  friend bool operator==(const ImageReply&, const ImageReply&) = default;
};

/// The longest reply that can be read.
inline constexpr std::size_t max_reply_bytes = std::size_t{24} * 1024 * 1024;

std::string encode(const ImageReply& reply);

/// nullopt for whatever encode() would not have written for an image within R70: other sizes and
/// orders, a picture that does not begin as WebP or JPEG does, a byte too few or too many.
std::optional<ImageReply> decode(std::string_view bytes);

}  // namespace frontdesk::media

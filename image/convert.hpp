#pragma once

#include "media/image_reply.hpp"

#include <expected>
#include <string_view>

namespace frontdesk::image {

/// Makes libvips ready and closes it to everything but JPEG, PNG and WebP; before the sandbox,
/// because it reads files. False where it is not to be had.
[[nodiscard]] bool prepare_libvips();

/// The image in all its widths (R70): its first frame, turned upright, in sRGB, without metadata,
/// never enlarged. Otherwise one of the exit statuses of media/image_format.hpp. How many pixels it
/// has is known before any is decoded.
std::expected<media::ImageReply, int> convert(std::string_view bytes);

}  // namespace frontdesk::image

#pragma once

#include "db/rows.hpp"
#include "media/image.hpp"

#include <optional>

namespace frontdesk::media {

/// How many columns an image has in a row: key, kind, width, height, blurhash, alt, widths,
/// heights.
inline constexpr int image_columns = 8;

/// The image in the columns of `row` from `first` on; nullopt where they are NULL.
std::optional<Image> read_image(const db::Row& row, int first);

}  // namespace frontdesk::media

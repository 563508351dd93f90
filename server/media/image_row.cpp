#include "media/image_row.hpp"

#include "core/ensure.hpp"

namespace frontdesk::media {
namespace {

ImageKind kind_of(std::string_view name) {
  for (const auto kind : {ImageKind::avatar, ImageKind::service, ImageKind::gallery}) {
    if (name_of(kind) == name) return kind;
  }
  ENSURE(false);
}

}  // namespace

std::optional<Image> read_image(const db::Row& row, int first) {
  const auto key = row.get<std::optional<Uuid>>(first);
  if (!key) return std::nullopt;
  Image image{.key = *key,
              .kind = kind_of(row.get<std::string_view>(first + 1)),
              .width_px = row.get<std::int32_t>(first + 2),
              .height_px = row.get<std::int32_t>(first + 3),
              .blurhash = row.get<std::string>(first + 4),
              .alt = row.get<std::string>(first + 5),
              .sizes = {}};
  const auto widths = row.get<std::vector<std::int16_t>>(first + 6);
  const auto heights = row.get<std::vector<std::int16_t>>(first + 7);
  ENSURE(!widths.empty() && widths.size() == heights.size());
  for (std::size_t i = 0; i < widths.size(); ++i) image.sizes.push_back({widths[i], heights[i]});
  return image;
}

}  // namespace frontdesk::media

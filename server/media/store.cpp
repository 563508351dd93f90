#include "media/store.hpp"

#include "media/statements.hpp"

namespace frontdesk::media::store {

Task<void> insert(db::Connection& connection, const TakenImage& taken, const ImageReply& reply) {
  std::vector<std::int16_t> widths;
  std::vector<std::int16_t> heights;
  std::vector<std::int32_t> webp_bytes;
  std::vector<std::int32_t> jpeg_bytes;
  for (const Rendition& rendition : reply.renditions) {
    widths.push_back(rendition.width_px);
    heights.push_back(rendition.height_px);
    webp_bytes.push_back(static_cast<std::int32_t>(rendition.webp.size()));
    jpeg_bytes.push_back(static_cast<std::int32_t>(rendition.jpeg.size()));
  }
  const Image& image = taken.image;
  co_await connection.execute(sql::insert_image, taken.id, image.key, name_of(image.kind),
                              image.width_px, image.height_px, image.blurhash, image.alt, widths,
                              heights, webp_bytes, jpeg_bytes);
}

Task<void> note_unnamed(db::Connection& connection) {
  co_await connection.execute(sql::note_unnamed);
}

Task<std::vector<Unnamed>> unnamed(db::Connection& connection, std::int64_t limit,
                                   const std::optional<Unnamed>& after) {
  const auto rows = co_await connection.execute(
      sql::list_unnamed, static_cast<double>(std::chrono::seconds(Media::grace).count()), limit,
      after ? std::optional(after->since) : std::nullopt,
      after ? std::optional<Uuid>(after->id) : std::nullopt);
  std::vector<Unnamed> found;
  for (const db::Row row : rows) {
    found.push_back({.id = row.get<ImageId>(0),
                     .since = row.get<Instant>(1),
                     .key = row.get<Uuid>(2),
                     .is_public = row.get<std::string_view>(3) != name_of(ImageKind::avatar),
                     .widths = row.get<std::vector<std::int16_t>>(4)});
  }
  co_return found;
}

Task<bool> remove(db::Connection& connection, ImageId id) {
  const auto rows = co_await connection.execute(sql::delete_unnamed, id);
  co_return rows.affected() > 0;
}

}  // namespace frontdesk::media::store

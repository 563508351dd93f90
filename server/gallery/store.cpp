#include "gallery/store.hpp"

#include "core/ensure.hpp"
#include "gallery/statements.hpp"

#include <limits>

namespace frontdesk::gallery::store {
namespace {

GalleryItem read_item(const db::Row& row) {
  auto image = media::read_image(row, 3);
  ENSURE(image.has_value());
  return {.id = row.get<GalleryItemId>(0),
          .image = std::move(*image),
          .position = row.get<std::int32_t>(1),
          .version = row.get<std::int64_t>(2)};
}

}  // namespace

Task<Page<GalleryItem>> items(db::Connection& connection, PageRequest<Position> page) {
  const auto after =
      page.after.value_or(Position{std::numeric_limits<std::int32_t>::min(), GalleryItemId{}});
  const auto rows = co_await connection.execute(sql::list_gallery, after.position, after.id,
                                                std::int64_t{page.limit} + 1);
  std::vector<GalleryItem> found;
  found.reserve(rows.size());
  for (const db::Row row : rows) found.push_back(read_item(row));
  std::optional<std::int64_t> total;
  if (page.with_total) total = co_await count(connection);
  co_return page_of(std::move(found), page.limit, total);
}

Task<std::int64_t> count(db::Connection& connection) {
  const auto rows = co_await connection.execute(sql::count_gallery);
  co_return rows[0].get<std::int64_t>(0);
}

Task<std::optional<GalleryItem>> item(db::Connection& connection, GalleryItemId id) {
  const auto rows = co_await connection.execute(sql::find_gallery_item, id);
  if (rows.empty()) co_return std::nullopt;
  co_return read_item(rows[0]);
}

Task<std::optional<GalleryItem>> lock(db::Connection& connection, GalleryItemId id) {
  co_await connection.execute(sql::lock_gallery_item, id);
  co_return co_await item(connection, id);
}

Task<void> lock_all(db::Connection& connection) {
  co_await connection.execute(sql::lock_gallery);
}

Task<bool> insert(db::Connection& connection, GalleryItemId id, media::ImageId image) {
  const auto rows =
      co_await connection.execute(sql::insert_gallery_item, id, image, Gallery::max_items);
  co_return !rows.empty();
}

Task<void> set_alt(db::Connection& connection, GalleryItem& item, const std::string& alt) {
  const auto rows = co_await connection.execute(sql::update_gallery_alt, item.id, alt);
  item.version = rows[0].get<std::int64_t>(0);
  item.image.alt = alt;
}

Task<void> remove(db::Connection& connection, GalleryItemId id) {
  co_await connection.execute(sql::delete_gallery_item, id);
}

Task<std::vector<GalleryItemId>> ids(db::Connection& connection) {
  const auto rows = co_await connection.execute(sql::list_gallery_ids);
  std::vector<GalleryItemId> found;
  for (const db::Row row : rows) found.push_back(row.get<GalleryItemId>(0));
  co_return found;
}

Task<bool> reorder(db::Connection& connection, const std::vector<GalleryItemId>& ids) {
  const auto rows = co_await connection.execute(sql::reorder_gallery, ids);
  co_return rows.affected() > 0;
}

}  // namespace frontdesk::gallery::store

#pragma once

#include "db/connection.hpp"
#include "gallery/gallery.hpp"

/// The only place of this feature that names SQL.
namespace frontdesk::gallery::store {

Task<Page<GalleryItem>> items(db::Connection& connection, PageRequest<Position> page);
Task<std::int64_t> count(db::Connection& connection);

// Part of the caller's transaction from here on.

Task<std::optional<GalleryItem>> item(db::Connection& connection, GalleryItemId id);
/// Nobody else changes it until the transaction ends.
Task<std::optional<GalleryItem>> lock(db::Connection& connection, GalleryItemId id);
/// None is added or ordered by others until the transaction ends.
Task<void> lock_all(db::Connection& connection);
/// False where there are max_items.
Task<bool> insert(db::Connection& connection, GalleryItemId id, media::ImageId image);
Task<void> set_alt(db::Connection& connection, GalleryItem& item, const std::string& alt);
Task<void> remove(db::Connection& connection, GalleryItemId id);
Task<std::vector<GalleryItemId>> ids(db::Connection& connection);
/// Whether that changed anything.
Task<bool> reorder(db::Connection& connection, const std::vector<GalleryItemId>& ids);

}  // namespace frontdesk::gallery::store

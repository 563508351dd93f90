#pragma once

#include "core/actor.hpp"
#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/page.hpp"
#include "core/task.hpp"
#include "db/pool.hpp"
#include "media/media.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The façade of the feature: the pictures that the business shows of itself, in its own order.
namespace frontdesk::gallery {

using GalleryItemId = Id<struct GalleryItemTag>;

struct GalleryItem {
  GalleryItemId id;
  media::Image image;
  std::int32_t position = 0;
  std::int64_t version = 1;
};

/// Sort key of the list: the business's own order, then the id.
struct Position {
  std::int32_t position;
  GalleryItemId id;
};

/// Reading takes one connection for one statement; writing is one transaction with its audit entry,
/// and the route has made sure of the permission. Every method throws what db::Pool and
/// db::Connection throw.
class Gallery {
 public:
  static constexpr std::int64_t max_items = 200;

  /// `pool` must outlive it.
  explicit Gallery(db::Pool& pool) : pool_(pool) {}

  Task<Page<GalleryItem>> items(PageRequest<Position> page, Deadline deadline);

  /// Refuses with 422 `limit_reached` where there are max_items: before an image is worked on.
  Task<Result<void>> check_room(Deadline deadline);
  /// The new one comes after all others. `taken` is shown nowhere yet. Refuses as check_room.
  Task<Result<GalleryItem>> add(const Actor& actor, const media::TakenImage& taken,
                                Deadline deadline);
  /// What the picture shows, in words. What changes nothing keeps the version. Refuses with
  /// not_found and `stale`.
  Task<Result<GalleryItem>> describe(const Actor& actor, GalleryItemId id, const std::string& alt,
                                     std::optional<std::int64_t> version, Deadline deadline);
  /// Refuses with not_found and `stale`.
  Task<Result<void>> remove(const Actor& actor, GalleryItemId id,
                            std::optional<std::int64_t> version, Deadline deadline);
  /// `ids` is all of them, each once (catalog::check_order; 422).
  Task<Result<void>> reorder(const Actor& actor, const std::vector<GalleryItemId>& ids,
                             Deadline deadline);

 private:
  db::Pool& pool_;
};

}  // namespace frontdesk::gallery

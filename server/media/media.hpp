#pragma once

#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/task.hpp"
#include "db/pool.hpp"
#include "media/image.hpp"
#include "media/image_row.hpp"
#include "media/image_shop.hpp"
#include "media/links.hpp"
#include "storage/object_store.hpp"
#include "storage/work_threads.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

/// The façade of the feature: images, from what somebody sent to what is served.
namespace frontdesk::media {

/// An image that nothing shows yet.
struct TakenImage {
  ImageId id;
  Image image;
};

/// One per thread. Whatever shows an image names its row by a foreign key, in a transaction of its
/// own; who stops showing one does nothing else: clean() finds out.
class Media {
 public:
  /// How long an image stays that nobody names: pages that were read before may show it, and an
  /// upload may be under way.
  static constexpr std::chrono::hours grace{24};

  /// All must outlive it; shop, threads and store are the process's.
  Media(db::Pool& pool, ImageShop& shop, storage::WorkThreads& threads, storage::ObjectStore& store)
      : pool_(pool), shop_(shop), threads_(threads), store_(store) {}

  /// Makes the image's renditions (R70) and stores them: first the row, then the files, so that
  /// none is ever without a row. Refuses as ImageShop::make does; throws Fault (503) where the
  /// store fails, what db::Pool throws, and what WorkThreads throws.
  Task<Result<TakenImage>> take_in(ImageKind kind, std::string bytes, std::string alt,
                                   Deadline deadline);

  /// One file of an image, `640.webp`; nullopt where there is none.
  Task<std::optional<std::string>> file(bool is_public, const Uuid& key, std::string_view name);

  /// Removes the images that nobody has named for `grace`, at most `limit`, files and all; how
  /// many. A file that cannot be removed keeps its row, and is tried again. For the worker, every
  /// hour.
  Task<std::int64_t> clean(std::int64_t limit, Deadline deadline);

 private:
  db::Pool& pool_;
  ImageShop& shop_;
  storage::WorkThreads& threads_;
  storage::ObjectStore& store_;
};

}  // namespace frontdesk::media

#include "db/transaction.hpp"
#include "media/media.hpp"
#include "media/store.hpp"

#include <fmt/format.h>

namespace frontdesk::media {
namespace {

struct Removal {
  const store::Unnamed& unnamed;
  storage::WorkThreads& threads;
  storage::ObjectStore& objects;
};

void remove_files(storage::ObjectStore& objects, const store::Unnamed& unnamed) {
  for (const auto width : unnamed.widths) {
    for (const std::string_view extension : {"webp", "jpg"}) {
      objects.remove(
          object_name(unnamed.is_public, unnamed.key, fmt::format("{}.{}", width, extension)));
    }
  }
}

// The row goes first, and only then the files, but it is not committed before they are gone: where
// one stays, so does the row, and the next turn tries again.
Task<Result<bool>> remove_in(db::Transaction& transaction, Removal& removal) {
  if (!co_await store::remove(transaction.connection(), removal.unnamed.id)) co_return false;
  co_await removal.threads.run(
      [&objects = removal.objects, unnamed = removal.unnamed] { remove_files(objects, unnamed); });
  co_return true;
}

}  // namespace

Task<std::int64_t> Media::clean(std::int64_t limit, Deadline deadline) {
  std::vector<store::Unnamed> found;
  {
    auto lease = co_await pool_.acquire(deadline);
    found = co_await store::unnamed(*lease, limit);
  }
  std::int64_t removed = 0;
  for (const auto& unnamed : found) {
    if (deadline <= std::chrono::steady_clock::now()) break;
    Removal removal{unnamed, threads_, store_};
    // A refusal is the foreign key's: somebody names it after all.
    const auto gone = co_await db::in_transaction(pool_, deadline, &remove_in, removal);
    if (gone && *gone) ++removed;
  }
  co_return removed;
}

}  // namespace frontdesk::media

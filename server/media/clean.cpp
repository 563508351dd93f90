#include "db/transaction.hpp"
#include "media/media.hpp"
#include "media/store.hpp"

#include <exception>
#include <iterator>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace frontdesk::media {
namespace {

// Whatever cannot be removed comes first again an hour later: so many must not hide the others. A
// store that is away refuses them all, and is left.
constexpr int most_troubles = 1000;

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

Task<std::vector<store::Unnamed>> page_behind(db::Pool& pool, std::int64_t limit,
                                              const std::optional<store::Unnamed>& last,
                                              Deadline deadline) {
  auto lease = co_await pool.acquire(deadline);
  co_return co_await store::unnamed(*lease, limit, last);
}

}  // namespace

Task<std::int64_t> Media::clean(std::int64_t limit, Deadline deadline) {
  std::int64_t removed = 0;
  std::exception_ptr trouble;
  int troubles = 0;
  std::optional<store::Unnamed> last;
  {
    auto lease = co_await pool_.acquire(deadline);
    co_await store::note_unnamed(*lease);
  }
  while (true) {
    const auto found = co_await page_behind(pool_, limit, last, deadline);
    for (const auto& unnamed : found) {
      if (deadline <= std::chrono::steady_clock::now()) break;
      Removal removal{unnamed, threads_, store_};
      try {
        // A refusal is the foreign key's: somebody names it after all.
        const auto gone = co_await db::in_transaction(pool_, deadline, &remove_in, removal);
        if (gone && *gone) ++removed;
      } catch (const Fault&) {
        trouble = std::current_exception();
        ++troubles;
      }
    }
    const bool is_over = std::ssize(found) < limit || troubles >= most_troubles ||
                         deadline <= std::chrono::steady_clock::now();
    if (is_over) break;
    last = found.back();
  }
  if (trouble) std::rethrow_exception(trouble);
  co_return removed;
}

}  // namespace frontdesk::media

#include "gallery/gallery.hpp"

#include "audit/audit.hpp"
#include "catalog/catalog.hpp"
#include "core/ensure.hpp"
#include "core/target.hpp"
#include "db/transaction.hpp"
#include "gallery/store.hpp"

namespace frontdesk::gallery {
namespace {

Error full() {
  return catalog::limit_reached(Gallery::max_items, "pictures in the gallery");
}

Task<void> record(db::Connection& connection, const Actor& actor, std::string_view verb,
                  std::optional<Uuid> id, std::vector<std::string_view> fields = {}) {
  return audit::record(connection, actor, {"gallery_item", verb}, id, std::move(fields));
}

/// The picture under its lock, where it is the one that the caller has seen.
Task<Result<GalleryItem>> lock(db::Connection& connection, const Target<GalleryItemId>& target) {
  co_return judge(co_await store::lock(connection, target.id), target, "There is no such picture.");
}

Task<Result<GalleryItem>> add_in(db::Transaction& transaction, const Actor& actor,
                                 const media::TakenImage& taken) {
  auto& connection = transaction.connection();
  const auto id = GalleryItemId::generate();
  co_await store::lock_all(connection);
  if (!co_await store::insert(connection, id, taken.id)) co_return refuse(full());
  co_await record(connection, actor, "create", id);
  auto item = co_await store::item(connection, id);
  ENSURE(item.has_value());
  co_return std::move(*item);
}

Task<Result<GalleryItem>> describe_in(db::Transaction& transaction,
                                      const Target<GalleryItemId>& target, const std::string& alt) {
  auto& connection = transaction.connection();
  auto item = co_await lock(connection, target);
  if (!item || item->image.alt == alt) co_return item;
  co_await store::set_alt(connection, *item, alt);
  co_await record(connection, target.actor, "update", target.id, {"alt"});
  co_return item;
}

Task<Result<void>> remove_in(db::Transaction& transaction, const Target<GalleryItemId>& target) {
  auto& connection = transaction.connection();
  const auto item = co_await lock(connection, target);
  if (!item) co_return refuse(item.error());
  co_await store::remove(connection, target.id);
  co_await record(connection, target.actor, "delete", target.id);
  co_return Result<void>();
}

Task<Result<void>> reorder_in(db::Transaction& transaction, const Actor& actor,
                              const std::vector<GalleryItemId>& ids) {
  auto& connection = transaction.connection();
  co_await store::lock_all(connection);
  const auto present = co_await store::ids(connection);
  if (auto refusal = catalog::check_order(ids, present, present)) {
    co_return refuse(std::move(*refusal));
  }
  if (co_await store::reorder(connection, ids)) co_await record(connection, actor, "reorder", {});
  co_return Result<void>();
}

}  // namespace

Task<Page<GalleryItem>> Gallery::items(PageRequest<Position> page, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  co_return co_await store::items(*lease, page);
}

Task<Result<void>> Gallery::check_room(Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  if (co_await store::count(*lease) >= max_items) co_return refuse(full());
  co_return Result<void>();
}

Task<Result<GalleryItem>> Gallery::add(const Actor& actor, const media::TakenImage& taken,
                                       Deadline deadline) {
  co_return co_await db::in_transaction(pool_, deadline, &add_in, actor, taken);
}

Task<Result<GalleryItem>> Gallery::describe(const Actor& actor, GalleryItemId id,
                                            const std::string& alt,
                                            std::optional<std::int64_t> version,
                                            Deadline deadline) {
  const Target<GalleryItemId> target{actor, id, version};
  co_return co_await db::in_transaction(pool_, deadline, &describe_in, target, alt);
}

Task<Result<void>> Gallery::remove(const Actor& actor, GalleryItemId id,
                                   std::optional<std::int64_t> version, Deadline deadline) {
  const Target<GalleryItemId> target{actor, id, version};
  co_return co_await db::in_transaction(pool_, deadline, &remove_in, target);
}

Task<Result<void>> Gallery::reorder(const Actor& actor, const std::vector<GalleryItemId>& ids,
                                    Deadline deadline) {
  co_return co_await db::in_transaction(pool_, deadline, &reorder_in, actor, ids);
}

}  // namespace frontdesk::gallery

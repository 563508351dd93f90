#include "audit/audit.hpp"
#include "catalog/catalog.hpp"
#include "catalog/category_store.hpp"
#include "catalog/order.hpp"
#include "core/target.hpp"
#include "db/transaction.hpp"

namespace frontdesk::catalog {
namespace {

constexpr std::string_view subject = "service_category";

Task<Result<Category>> hold(db::Connection& connection, const Target<CategoryId>& target) {
  co_return judge(co_await store::lock_category(connection, target.id), target,
                  "There is no such category.");
}

Task<Result<Category>> add_in(db::Transaction& transaction, const Actor& actor,
                              const NewCategory& wanted) {
  auto& connection = transaction.connection();
  Category category{.id = CategoryId::generate(),
                    .name = wanted.name,
                    .description = wanted.description,
                    .position = 0,
                    .version = 0};
  auto inserted = co_await store::insert_category(connection, category);
  if (!inserted) co_return refuse(std::move(inserted.error()));
  co_await audit::record(connection, actor, {subject, "create"}, category.id);
  co_return category;
}

Task<Result<Category>> update_in(db::Transaction& transaction, const Target<CategoryId>& target,
                                 const CategoryChange& change) {
  auto& connection = transaction.connection();
  auto category = co_await hold(connection, target);
  if (!category) co_return category;
  const auto changed = apply(change, *category);
  if (changed.empty()) co_return category;
  co_await store::update_category(connection, *category);
  co_await audit::record(connection, target.actor, {subject, "update"}, target.id, changed);
  co_return category;
}

Task<Result<void>> remove_in(db::Transaction& transaction, const Target<CategoryId>& target) {
  auto& connection = transaction.connection();
  const auto category = co_await hold(connection, target);
  if (!category) co_return refuse(category.error());
  auto deleted = co_await store::delete_category(connection, target.id);
  if (!deleted) co_return deleted;
  co_await audit::record(connection, target.actor, {subject, "delete"}, target.id);
  co_return deleted;
}

Task<Result<void>> reorder_in(db::Transaction& transaction, const Actor& actor,
                              const std::vector<CategoryId>& ids) {
  auto& connection = transaction.connection();
  const auto present = co_await store::lock_categories(connection);
  if (auto refusal = check_order(ids, present, present)) co_return refuse(std::move(*refusal));
  if (co_await store::reorder_categories(connection, ids)) {
    co_await audit::record(connection, actor, {subject, "reorder"}, {}, {"position"});
  }
  co_return Result<void>();
}

}  // namespace

Task<Result<Category>> Catalog::add_category(const Actor& actor, const NewCategory& category,
                                             Deadline deadline) {
  co_return co_await db::in_transaction(pool_, deadline, &add_in, actor, category);
}

Task<Result<Category>> Catalog::update_category(const Actor& actor, CategoryId id,
                                                const CategoryChange& change,
                                                std::optional<std::int64_t> version,
                                                Deadline deadline) {
  const Target<CategoryId> target{actor, id, version};
  co_return co_await db::in_transaction(pool_, deadline, &update_in, target, change);
}

Task<Result<void>> Catalog::remove_category(const Actor& actor, CategoryId id,
                                            std::optional<std::int64_t> version,
                                            Deadline deadline) {
  const Target<CategoryId> target{actor, id, version};
  co_return co_await db::in_transaction(pool_, deadline, &remove_in, target);
}

Task<Result<void>> Catalog::reorder_categories(const Actor& actor,
                                               const std::vector<CategoryId>& ids,
                                               Deadline deadline) {
  co_return co_await db::in_transaction(pool_, deadline, &reorder_in, actor, ids);
}

}  // namespace frontdesk::catalog

#include "catalog/category_store.hpp"

#include "catalog/limit.hpp"
#include "catalog/statements.hpp"
#include "catalog/store.hpp"

namespace frontdesk::catalog::store {

Task<Result<void>> insert_category(db::Connection& connection, Category& category) {
  const auto results =
      co_await connection.execute_batch(db::Batch()
                                            .add(sql::lock_list, "categories")
                                            .add(sql::insert_category, category.id, category.name,
                                                 category.description, Catalog::max_categories));
  if (results[1].empty()) {
    co_return refuse(limit_reached(Catalog::max_categories, "categories"));
  }
  category.position = results[1][0].get<std::int32_t>(0);
  category.version = results[1][0].get<std::int64_t>(1);
  co_return Result<void>();
}

Task<std::optional<Category>> lock_category(db::Connection& connection, CategoryId id) {
  co_await connection.execute(sql::lock_category, id);
  co_return co_await category(connection, id);
}

Task<void> update_category(db::Connection& connection, Category& category) {
  const auto rows = co_await connection.execute(sql::update_category, category.id, category.name,
                                                category.description);
  category.version = rows[0].get<std::int64_t>(0);
}

Task<Result<void>> delete_category(db::Connection& connection, CategoryId id) {
  try {
    co_await connection.execute(sql::delete_category, id);
  } catch (const db::SqlError& error) {
    if (error.constraint() != "services_category_id_fkey") throw;
    co_return refuse(
        {.kind = ErrorKind::conflict,
         .code = "category_in_use",
         .message = "Services belong to this category, be they retired. Move them first."});
  }
  co_return Result<void>();
}

Task<std::vector<CategoryId>> lock_categories(db::Connection& connection) {
  const auto results = co_await connection.execute_batch(
      db::Batch().add(sql::lock_list, "categories").add(sql::list_category_ids));
  std::vector<CategoryId> ids;
  for (const db::Row row : results[1]) ids.push_back(row.get<CategoryId>(0));
  co_return ids;
}

Task<bool> reorder_categories(db::Connection& connection, const std::vector<CategoryId>& ids) {
  const auto rows = co_await connection.execute(sql::reorder_categories, ids);
  co_return rows.affected() > 0;
}

}  // namespace frontdesk::catalog::store

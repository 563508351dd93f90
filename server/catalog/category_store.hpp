#pragma once

#include "catalog/catalog.hpp"
#include "db/connection.hpp"

#include <optional>
#include <vector>

/// Writing categories: with the other stores the only place of this feature that names SQL and
/// constraints. Each call is part of the caller's transaction.
namespace frontdesk::catalog::store {

/// Fills in position and version. Refuses with `limit_reached`.
Task<Result<void>> insert_category(db::Connection& connection, Category& category);

/// Nobody else changes it until the transaction ends.
Task<std::optional<Category>> lock_category(db::Connection& connection, CategoryId id);
/// Writes what apply() may have changed of a locked category, and reads its new version.
Task<void> update_category(db::Connection& connection, Category& category);
/// Refuses with 409 `category_in_use`.
Task<Result<void>> delete_category(db::Connection& connection, CategoryId id);

/// All of them, in no order; none comes or goes until the transaction ends.
Task<std::vector<CategoryId>> lock_categories(db::Connection& connection);
/// Whether that changed anything.
Task<bool> reorder_categories(db::Connection& connection, const std::vector<CategoryId>& ids);

}  // namespace frontdesk::catalog::store

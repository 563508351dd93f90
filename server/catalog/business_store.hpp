#pragma once

#include "catalog/catalog.hpp"
#include "db/connection.hpp"

#include <optional>

/// Writing settings and closures: with the other stores the only place of this feature that names
/// SQL and constraints. Each call is part of the caller's transaction.
namespace frontdesk::catalog::store {

/// Until the transaction ends nobody books or moves an appointment (R52).
Task<void> lock_staff(db::Connection& connection);

/// Nobody else changes them until the transaction ends.
Task<Settings> lock_settings(db::Connection& connection);
/// Writes what apply() may have changed of locked settings, and reads their new version.
Task<void> update_settings(db::Connection& connection, Settings& settings);

/// Takes the locks of lock_staff, too. Returns the business's zone. Refuses with `closure_exists`
/// and `limit_reached`.
Task<Result<Zone>> insert_closure(db::Connection& connection, const Closure& closure);
/// Likewise; whether there was one.
Task<bool> delete_closure(db::Connection& connection, LocalDate date);

Task<Affected> affected(db::Connection& connection, const TimeRange& closed);

}  // namespace frontdesk::catalog::store

#pragma once

#include "catalog/catalog.hpp"
#include "db/connection.hpp"

/// The only place of this feature that names SQL.
namespace frontdesk::catalog::store {

Task<Page<Category>> categories(db::Connection& connection, PageRequest<Position<CategoryId>> page);
Task<std::optional<Category>> category(db::Connection& connection, CategoryId id);
Task<Page<Service>> services(db::Connection& connection, ServiceFilter filter,
                             PageRequest<Position<ServiceId>> page);
Task<std::optional<Service>> service(db::Connection& connection, ServiceId id);
Task<Page<Closure>> closures(db::Connection& connection, ClosureFilter filter,
                             PageRequest<LocalDate> page);
Task<Settings> settings(db::Connection& connection);
Task<std::int64_t> revision(db::Connection& connection);

}  // namespace frontdesk::catalog::store

#pragma once

#include "catalog/service.hpp"
#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/page.hpp"
#include "core/task.hpp"
#include "db/pool.hpp"

#include <string>

namespace frontdesk::catalog {

/// Sort key of the lists of categories and services: the business's own order, then the id.
template <class IdType>
struct Position {
  std::int32_t position;
  IdType id;
};

/// Which services; every field narrows the list.
struct ServiceFilter {
  std::optional<CategoryId> category = {};
  std::optional<StaffId> staff = {};
  std::optional<std::string> text = {};  ///< found anywhere in name or description, in any case
  bool active = true;
};

/// Which closures: those from `from` to `to`, both included; an absent bound does not narrow.
struct ClosureFilter {
  std::optional<LocalDate> from = {};
  std::optional<LocalDate> to = {};
};

/// What the business offers. Reading needs no account; each call takes one connection for one
/// statement and throws what db::Pool and db::Connection throw.
class Catalog {
 public:
  /// `pool` must outlive the catalogue.
  explicit Catalog(db::Pool& pool) : pool_(pool) {}

  Task<Page<Category>> categories(PageRequest<Position<CategoryId>> page, Deadline deadline);
  /// Refuses an absent id with not_found.
  Task<Result<Category>> category(CategoryId id, Deadline deadline);

  Task<Page<Service>> services(ServiceFilter filter, PageRequest<Position<ServiceId>> page,
                               Deadline deadline);
  /// A retired service is found too, with active = false: appointments still name it.
  /// Refuses an absent id with not_found.
  Task<Result<Service>> service(ServiceId id, Deadline deadline);

  Task<Page<Closure>> closures(ClosureFilter filter, PageRequest<LocalDate> page,
                               Deadline deadline);

  Task<Settings> settings(Deadline deadline);

 private:
  db::Pool& pool_;
};

}  // namespace frontdesk::catalog

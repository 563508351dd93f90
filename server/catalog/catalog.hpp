#pragma once

#include "catalog/affected.hpp"
#include "catalog/closure.hpp"
#include "catalog/limit.hpp"
#include "catalog/order.hpp"
#include "catalog/service.hpp"
#include "catalog/settings.hpp"
#include "core/actor.hpp"
#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/page.hpp"
#include "core/task.hpp"
#include "db/connection.hpp"
#include "db/pool.hpp"
#include "media/media.hpp"

#include <string>
#include <vector>

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

/// The booked appointments that `occupations` were made for and that are not over: for a change
/// that leaves this time outside. Part of the caller's transaction.
Task<Affected> affected_by(db::Connection& connection,
                           const std::vector<OccupationId>& occupations);

/// What the business offers, and the business itself. Reading needs no account; each call takes one
/// connection for one statement and throws what db::Pool and db::Connection throw. Writing is one
/// transaction with its audit entry; the route has made sure of the permission. A `version` is the
/// one that the caller decided on: another one is refused with 412 `stale`. What changes nothing
/// keeps the version and leaves no entry.
class Catalog {
 public:
  static constexpr std::int64_t max_closures = 1000;
  static constexpr std::int64_t max_categories = 200;
  static constexpr std::int64_t max_services = 1000;

  /// `pool` must outlive the catalogue.
  explicit Catalog(db::Pool& pool) : pool_(pool) {}

  Task<Page<Category>> categories(PageRequest<Position<CategoryId>> page, Deadline deadline);
  /// Refuses an absent id with not_found.
  Task<Result<Category>> category(CategoryId id, Deadline deadline);

  /// The new one comes after all others. Refuses with 422 `limit_reached` beyond max_categories.
  Task<Result<Category>> add_category(const Actor& actor, const NewCategory& category,
                                      Deadline deadline);
  /// Refuses with not_found and `stale`.
  Task<Result<Category>> update_category(const Actor& actor, CategoryId id,
                                         const CategoryChange& change,
                                         std::optional<std::int64_t> version, Deadline deadline);
  /// Refuses with not_found, `stale`, and 409 `category_in_use` while services belong to it,
  /// retired ones too.
  Task<Result<void>> remove_category(const Actor& actor, CategoryId id,
                                     std::optional<std::int64_t> version, Deadline deadline);
  /// `ids` is all of them, each once (check_order; 422).
  Task<Result<void>> reorder_categories(const Actor& actor, const std::vector<CategoryId>& ids,
                                        Deadline deadline);

  Task<Page<Service>> services(ServiceFilter filter, PageRequest<Position<ServiceId>> page,
                               Deadline deadline);
  /// A retired service is found too, with active = false: appointments still name it.
  /// Refuses an absent id with not_found.
  Task<Result<Service>> service(ServiceId id, Deadline deadline);

  /// The new one is active, comes after all others, and nobody does it yet. Refuses with 422
  /// `limit_reached` beyond max_services (retired ones count), another currency than the business's
  /// and an absent category.
  Task<Result<Service>> add_service(const Actor& actor, const NewService& service,
                                    Deadline deadline);
  /// Refuses with not_found, `stale`, and 422 as add_service.
  Task<Result<Service>> update_service(const Actor& actor, ServiceId id,
                                       const ServiceChange& change,
                                       std::optional<std::int64_t> version, Deadline deadline);
  /// One that appointments name retires (active = false; who does it stays), others go. Refuses
  /// with not_found and `stale`.
  Task<Result<void>> remove_service(const Actor& actor, ServiceId id,
                                    std::optional<std::int64_t> version, Deadline deadline);
  /// Shows a service with `taken`, which nothing shows yet, or without an image where it is
  /// nullptr. Refuses with not_found and `stale`.
  Task<Result<Service>> set_service_image(const Actor& actor, ServiceId id,
                                          const media::TakenImage* taken,
                                          std::optional<std::int64_t> version, Deadline deadline);
  /// `ids` is every active one, each once (check_order; 422). Retired ones may be among them; those
  /// that are not keep their position.
  Task<Result<void>> reorder_services(const Actor& actor, const std::vector<ServiceId>& ids,
                                      Deadline deadline);

  Task<Page<Closure>> closures(ClosureFilter filter, PageRequest<LocalDate> page,
                               Deadline deadline);

  /// Closes the business on a day and says which appointments that leaves outside. Waits for
  /// bookings under way, and they for it (R52). Refuses with 409 `closure_exists`, and 422
  /// `limit_reached` beyond max_closures.
  Task<Result<Closing>> add_closure(const Actor& actor, const Closure& closure, Deadline deadline);
  /// Opens the business on a closed day, under the same locks. Refuses with not_found.
  Task<Result<void>> remove_closure(const Actor& actor, LocalDate date, Deadline deadline);

  Task<Settings> settings(Deadline deadline);

  /// A number that changes whenever something does that categories, services or staff show,
  /// whoever changes it (migration 0009).
  Task<std::int64_t> revision(Deadline deadline);
  /// Another time zone moves everybody's hours: it waits for bookings as a closure does (R52).
  Task<Result<Settings>> update_settings(const Actor& actor, const SettingsChange& change,
                                         std::optional<std::int64_t> version, Deadline deadline);

 private:
  db::Pool& pool_;
};

}  // namespace frontdesk::catalog

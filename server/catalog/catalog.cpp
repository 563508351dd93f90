#include "catalog/catalog.hpp"

#include "catalog/store.hpp"

namespace frontdesk::catalog {

Task<Page<Category>> Catalog::categories(PageRequest<Position<CategoryId>> page,
                                         Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  co_return co_await store::categories(*lease, page);
}

Task<Result<Category>> Catalog::category(CategoryId id, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  auto category = co_await store::category(*lease, id);
  if (!category) co_return refuse(not_found("There is no such category."));
  co_return std::move(*category);
}

Task<Page<Service>> Catalog::services(ServiceFilter filter, PageRequest<Position<ServiceId>> page,
                                      Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  co_return co_await store::services(*lease, std::move(filter), page);
}

Task<Result<Service>> Catalog::service(ServiceId id, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  auto service = co_await store::service(*lease, id);
  if (!service) co_return refuse(not_found("There is no such service."));
  co_return std::move(*service);
}

Task<Page<Closure>> Catalog::closures(ClosureFilter filter, PageRequest<LocalDate> page,
                                      Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  co_return co_await store::closures(*lease, filter, page);
}

Task<std::int64_t> Catalog::revision(Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  co_return co_await store::revision(*lease);
}

Task<Settings> Catalog::settings(Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  co_return co_await store::settings(*lease);
}

}  // namespace frontdesk::catalog

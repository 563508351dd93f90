#include "audit/audit.hpp"
#include "catalog/catalog.hpp"
#include "catalog/order.hpp"
#include "catalog/service_store.hpp"
#include "core/target.hpp"
#include "db/transaction.hpp"

namespace frontdesk::catalog {
namespace {

constexpr std::string_view subject = "service";
constexpr const char* absent = "There is no such service.";

Service made_of(const NewService& wanted, std::string currency) {
  return {.id = ServiceId::generate(),
          .category = wanted.category,
          .name = wanted.name,
          .description = wanted.description,
          .price = {.amount_minor = wanted.price.amount_minor, .currency = std::move(currency)},
          .duration_minutes = wanted.duration_minutes,
          .buffer_before_minutes = wanted.buffer_before_minutes,
          .buffer_after_minutes = wanted.buffer_after_minutes,
          .capacity = wanted.capacity,
          .min_notice_minutes = wanted.min_notice_minutes,
          .max_advance_days = wanted.max_advance_days,
          .active = true,
          .position = 0,
          .staff = {},
          .version = 0};
}

Task<Result<Service>> add_in(db::Transaction& transaction, const Actor& actor,
                             const NewService& wanted) {
  auto& connection = transaction.connection();
  auto currency = co_await store::lock_services_and_read_currency(connection);
  if (auto refusal = wanted.price.check_currency(currency)) co_return refuse(std::move(*refusal));
  auto service = made_of(wanted, std::move(currency));
  auto inserted = co_await store::insert_service(connection, service);
  if (!inserted) co_return refuse(std::move(inserted.error()));
  co_await audit::record(connection, actor, {subject, "create"}, service.id);
  co_return service;
}

Task<Result<Service>> update_in(db::Transaction& transaction, const Target<ServiceId>& target,
                                const ServiceChange& change) {
  auto& connection = transaction.connection();
  auto service = judge(co_await store::lock_service(connection, target.id), target, absent);
  if (!service) co_return service;
  if (change.price) {
    if (auto refusal = change.price->check_currency(service->price.currency)) {
      co_return refuse(std::move(*refusal));
    }
  }
  const auto changed = apply(change, *service);
  if (changed.empty()) co_return service;
  auto updated = co_await store::update_service(connection, *service);
  if (!updated) co_return refuse(std::move(updated.error()));
  co_await audit::record(connection, target.actor, {subject, "update"}, target.id, changed);
  co_return service;
}

Task<Result<void>> remove_in(db::Transaction& transaction, const Target<ServiceId>& target) {
  auto& connection = transaction.connection();
  auto service =
      judge(co_await store::lock_service_for_removal(connection, target.id), target, absent);
  if (!service) co_return refuse(std::move(service.error()));
  if (!co_await store::service_is_used(connection, target.id)) {
    co_await store::delete_service(connection, target.id);
    co_await audit::record(connection, target.actor, {subject, "delete"}, target.id);
    co_return Result<void>();
  }
  if (apply({.active = false}, *service).empty()) co_return Result<void>();  // retired before
  auto updated = co_await store::update_service(connection, *service);
  if (!updated) co_return updated;
  co_await audit::record(connection, target.actor, {subject, "retire"}, target.id, {"active"});
  co_return Result<void>();
}

Task<Result<void>> reorder_in(db::Transaction& transaction, const Actor& actor,
                              const std::vector<ServiceId>& ids) {
  auto& connection = transaction.connection();
  const auto present = co_await store::lock_services(connection);
  if (auto refusal = check_order(ids, present.all, present.active)) {
    co_return refuse(std::move(*refusal));
  }
  if (co_await store::reorder_services(connection, ids)) {
    co_await audit::record(connection, actor, {subject, "reorder"}, {}, {"position"});
  }
  co_return Result<void>();
}

}  // namespace

Task<Result<Service>> Catalog::add_service(const Actor& actor, const NewService& service,
                                           Deadline deadline) {
  co_return co_await db::in_transaction(pool_, deadline, &add_in, actor, service);
}

Task<Result<Service>> Catalog::update_service(const Actor& actor, ServiceId id,
                                              const ServiceChange& change,
                                              std::optional<std::int64_t> version,
                                              Deadline deadline) {
  const Target<ServiceId> target{actor, id, version};
  co_return co_await db::in_transaction(pool_, deadline, &update_in, target, change);
}

Task<Result<void>> Catalog::remove_service(const Actor& actor, ServiceId id,
                                           std::optional<std::int64_t> version, Deadline deadline) {
  const Target<ServiceId> target{actor, id, version};
  co_return co_await db::in_transaction(pool_, deadline, &remove_in, target);
}

Task<Result<void>> Catalog::reorder_services(const Actor& actor, const std::vector<ServiceId>& ids,
                                             Deadline deadline) {
  co_return co_await db::in_transaction(pool_, deadline, &reorder_in, actor, ids);
}

}  // namespace frontdesk::catalog

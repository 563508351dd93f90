#include "catalog/service_store.hpp"

#include "catalog/limit.hpp"
#include "catalog/statements.hpp"
#include "catalog/store.hpp"

namespace frontdesk::catalog::store {
namespace {

std::optional<Error> refusal_of(const db::SqlError& error) {
  if (error.constraint() != "services_category_id_fkey") return std::nullopt;
  return invalid_field("category_id", "not_found", "There is no such category.");
}

}  // namespace

Task<std::string> lock_services_and_read_currency(db::Connection& connection) {
  const auto results = co_await connection.execute_batch(
      db::Batch().add(sql::lock_list, "services").add(sql::find_settings));
  co_return results[1][0].get<std::string>(2);
}

Task<Result<void>> insert_service(db::Connection& connection, Service& service) {
  try {
    const auto rows = co_await connection.execute(
        sql::insert_service, service.id, service.category, service.name, service.description,
        service.price.amount_minor, service.duration_minutes, service.buffer_before_minutes,
        service.buffer_after_minutes, service.capacity, service.min_notice_minutes,
        service.max_advance_days, Catalog::max_services);
    if (rows.empty()) co_return refuse(limit_reached(Catalog::max_services, "services"));
    service.position = rows[0].get<std::int32_t>(0);
    service.version = rows[0].get<std::int64_t>(1);
  } catch (const db::SqlError& error) {
    if (auto refusal = refusal_of(error)) co_return refuse(std::move(*refusal));
    throw;
  }
  co_return Result<void>();
}

Task<std::optional<Service>> lock_service(db::Connection& connection, ServiceId id) {
  co_await connection.execute(sql::lock_service, id);
  co_return co_await service(connection, id);
}

Task<std::optional<Service>> lock_service_for_removal(db::Connection& connection, ServiceId id) {
  co_await connection.execute(sql::lock_service_for_removal, id);
  co_return co_await service(connection, id);
}

Task<Result<void>> update_service(db::Connection& connection, Service& service) {
  try {
    const auto rows = co_await connection.execute(
        sql::update_service, service.id, service.category, service.name, service.description,
        service.price.amount_minor, service.duration_minutes, service.buffer_before_minutes,
        service.buffer_after_minutes, service.capacity, service.min_notice_minutes, service.active,
        service.max_advance_days);
    service.version = rows[0].get<std::int64_t>(0);
  } catch (const db::SqlError& error) {
    if (auto refusal = refusal_of(error)) co_return refuse(std::move(*refusal));
    throw;
  }
  co_return Result<void>();
}

Task<void> set_service_image(db::Connection& connection, Service& service,
                             const media::TakenImage* taken) {
  std::optional<media::ImageId> id;
  if (taken != nullptr) id = taken->id;
  const auto rows = co_await connection.execute(sql::set_service_image, service.id, id);
  service.version = rows[0].get<std::int64_t>(0);
  service.image.reset();
  if (taken != nullptr) service.image = taken->image;
}

Task<bool> service_is_used(db::Connection& connection, ServiceId id) {
  const auto rows = co_await connection.execute(sql::service_is_used, id);
  co_return rows[0].get<bool>(0);
}

Task<void> delete_service(db::Connection& connection, ServiceId id) {
  co_await connection.execute(sql::delete_service, id);
}

Task<ServiceIds> lock_services(db::Connection& connection) {
  const auto results = co_await connection.execute_batch(
      db::Batch().add(sql::lock_list, "services").add(sql::list_service_ids));
  ServiceIds ids;
  for (const db::Row row : results[1]) {
    const auto id = row.get<ServiceId>(0);
    ids.all.push_back(id);
    if (row.get<bool>(1)) ids.active.push_back(id);
  }
  co_return ids;
}

Task<bool> reorder_services(db::Connection& connection, const std::vector<ServiceId>& ids) {
  const auto rows = co_await connection.execute(sql::reorder_services, ids);
  co_return rows.affected() > 0;
}

}  // namespace frontdesk::catalog::store

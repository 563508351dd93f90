#include "webhooks/delivery_store.hpp"

#include "webhooks/statements.hpp"

namespace frontdesk::webhooks::store {
namespace {

Delivery read_delivery(const db::Row& row) {
  return {.id = row.get<DeliveryId>(0),
          .message = row.get<Uuid>(1),
          .event = row.get<std::string>(2),
          .appointment = row.get<std::optional<AppointmentId>>(3),
          .attempt = row.get<std::int32_t>(4),
          .delivered = row.get<bool>(5),
          .status_code = row.get<std::optional<std::int32_t>>(6),
          .duration = std::chrono::milliseconds(row.get<std::int32_t>(7)),
          .error = row.get<std::optional<std::string>>(8),
          .attempted_at = row.get<Instant>(9)};
}

// Above every id, for the first page.
DeliveryId last_id() {
  DeliveryId id;
  id.bytes.fill(0xff);
  return id;
}

std::optional<std::string> url_of(const db::Rows& rows) {
  if (rows.empty()) return std::nullopt;
  return rows[0].get<std::string>(0);
}

}  // namespace

Task<std::optional<Target>> target(db::Connection& connection, EndpointId id) {
  const auto rows = co_await connection.execute(sql::find_target, id);
  if (rows.empty()) co_return std::nullopt;
  co_return Target{.url = rows[0].get<std::string>(0),
                   .secret = rows[0].get<db::Bytes>(1),
                   .former_secret = rows[0].get<std::optional<db::Bytes>>(2)};
}

void record(db::Batch& batch, const Attempt& attempt) {
  batch.add(sql::record_attempt, DeliveryId::generate(), attempt.message, attempt.endpoint,
            attempt.event, attempt.appointment, attempt.sealed, !attempt.error.has_value(),
            attempt.status_code, static_cast<std::int32_t>(attempt.duration.count()),
            attempt.error);
}

void note_success(db::Batch& batch, EndpointId id) {
  batch.add(sql::note_success, id);
}

void note_failure(db::Batch& batch, EndpointId id) {
  batch.add(sql::note_failure, id);
}

Task<std::optional<std::string>> disable_failing(db::Connection& connection, EndpointId id,
                                                 std::int32_t days) {
  co_return url_of(co_await connection.execute(sql::disable_failing, id, days));
}

Task<std::optional<std::string>> disable_gone(db::Connection& connection, EndpointId id) {
  co_return url_of(co_await connection.execute(sql::disable_gone, id));
}

Task<Page<Delivery>> deliveries(db::Connection& connection, EndpointId id,
                                std::optional<bool> delivered, PageRequest<DeliveryId> page) {
  const auto rows =
      co_await connection.execute(sql::list_deliveries, id, page.after.value_or(last_id()),
                                  delivered, std::int64_t{page.limit} + 1);
  std::vector<Delivery> found;
  found.reserve(rows.size());
  for (const db::Row row : rows) found.push_back(read_delivery(row));
  std::optional<std::int64_t> total;
  if (page.with_total) {
    const auto counted = co_await connection.execute(sql::count_deliveries, id, delivered);
    total = counted[0].get<std::int64_t>(0);
  }
  co_return page_of(std::move(found), page.limit, total);
}

Task<std::optional<Said>> said(db::Connection& connection, EndpointId id, DeliveryId delivery) {
  const auto rows = co_await connection.execute(sql::find_message, id, delivery);
  if (rows.empty()) co_return std::nullopt;
  co_return Said{.message = rows[0].get<Uuid>(0),
                 .event = rows[0].get<std::string>(1),
                 .appointment = rows[0].get<std::optional<AppointmentId>>(2),
                 .sealed = rows[0].get<db::Bytes>(3)};
}

Task<std::int64_t> forget_old(db::Connection& connection, std::int64_t limit) {
  co_return (co_await connection.execute(sql::delete_old_deliveries, limit)).affected();
}

Task<std::int64_t> forget_surplus(db::Connection& connection, std::int64_t kept,
                                  std::int64_t limit) {
  co_return (co_await connection.execute(sql::delete_surplus_deliveries, kept, limit)).affected();
}

Task<std::int64_t> forget_messages(db::Connection& connection, std::int64_t limit) {
  co_return (co_await connection.execute(sql::delete_old_messages, limit)).affected();
}

Task<void> forget_former_secrets(db::Connection& connection) {
  co_await connection.execute(sql::forget_former_secrets);
}

}  // namespace frontdesk::webhooks::store

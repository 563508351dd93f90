#include "webhooks/store.hpp"

#include "webhooks/statements.hpp"

namespace frontdesk::webhooks::store {
namespace {

std::optional<DisabledBecause> reason_of(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  return *text == "gone" ? DisabledBecause::gone : DisabledBecause::failing;
}

Endpoint read_endpoint(const db::Row& row) {
  return {.id = row.get<EndpointId>(0),
          .url = row.get<std::string>(1),
          .description = row.get<std::string>(2),
          .events = row.get<std::vector<std::string>>(3),
          .active = row.get<bool>(4),
          .disabled_because = reason_of(row.get<std::optional<std::string>>(5)),
          .failing_since = row.get<std::optional<Instant>>(6),
          .created_at = row.get<Instant>(7),
          .updated_at = row.get<Instant>(8),
          .version = row.get<std::int64_t>(9)};
}

std::optional<Endpoint> first_of(const db::Rows& rows) {
  if (rows.empty()) return std::nullopt;
  return read_endpoint(rows[0]);
}

}  // namespace

Task<Page<Endpoint>> endpoints(db::Connection& connection, PageRequest<EndpointId> page) {
  const auto rows = co_await connection.execute(
      sql::list_endpoints, page.after.value_or(EndpointId{}), std::int64_t{page.limit} + 1);
  std::vector<Endpoint> found;
  found.reserve(rows.size());
  for (const db::Row row : rows) found.push_back(read_endpoint(row));
  std::optional<std::int64_t> total;
  if (page.with_total) {
    total = (co_await connection.execute(sql::count_endpoints))[0].get<std::int64_t>(0);
  }
  co_return page_of(std::move(found), page.limit, total);
}

Task<std::optional<Endpoint>> endpoint(db::Connection& connection, EndpointId id) {
  co_return first_of(co_await connection.execute(sql::find_endpoint, id));
}

Task<std::optional<Endpoint>> lock(db::Connection& connection, EndpointId id) {
  co_return first_of(co_await connection.execute(sql::lock_endpoint, id));
}

Task<void> lock_all(db::Connection& connection) {
  co_await connection.execute(sql::lock_endpoints);
}

Task<bool> insert(db::Connection& connection, Endpoint& endpoint,
                  std::span<const std::uint8_t> secret, std::int64_t maximum) {
  const auto rows =
      co_await connection.execute(sql::insert_endpoint, endpoint.id, endpoint.url,
                                  endpoint.description, endpoint.events, secret, maximum);
  if (rows.empty()) co_return false;
  endpoint.created_at = endpoint.updated_at = rows[0].get<Instant>(0);
  co_return true;
}

Task<void> update(db::Connection& connection, Endpoint& endpoint) {
  const auto rows =
      co_await connection.execute(sql::update_endpoint, endpoint.id, endpoint.url,
                                  endpoint.description, endpoint.events, endpoint.active);
  endpoint.disabled_because = reason_of(rows[0].get<std::optional<std::string>>(0));
  endpoint.failing_since = rows[0].get<std::optional<Instant>>(1);
  endpoint.updated_at = rows[0].get<Instant>(2);
  endpoint.version = rows[0].get<std::int64_t>(3);
}

Task<void> remove(db::Connection& connection, EndpointId id) {
  co_await connection.execute(sql::delete_endpoint, id);
}

Task<void> rotate(db::Connection& connection, EndpointId id, std::span<const std::uint8_t> secret) {
  co_await connection.execute(sql::rotate_secret, id, secret);
}

Task<std::vector<Listener>> listeners(db::Connection& connection) {
  const auto rows = co_await connection.execute(sql::list_listening);
  std::vector<Listener> found;
  for (const db::Row row : rows) {
    found.push_back({row.get<EndpointId>(0), row.get<std::vector<std::string>>(1)});
  }
  co_return found;
}

}  // namespace frontdesk::webhooks::store

#include "catalog/store.hpp"

#include "catalog/statements.hpp"
#include "core/ensure.hpp"
#include "db/like.hpp"

#include <limits>

namespace frontdesk::catalog::store {
namespace {

// Before every row of the business's order, whose positions are not negative.
template <class IdType>
Position<IdType> before_all() {
  return {std::numeric_limits<std::int32_t>::min(), IdType{}};
}

Category read_category(const db::Row& row) {
  return {.id = row.get<CategoryId>(0),
          .name = row.get<std::string>(1),
          .description = row.get<std::string>(2),
          .position = row.get<std::int32_t>(3),
          .version = row.get<std::int64_t>(4)};
}

Service read_service(const db::Row& row) {
  return {.id = row.get<ServiceId>(0),
          .category = row.get<CategoryId>(1),
          .name = row.get<std::string>(2),
          .description = row.get<std::string>(3),
          .price = {.amount_minor = row.get<std::int64_t>(4), .currency = row.get<std::string>(5)},
          .duration_minutes = row.get<std::int32_t>(6),
          .buffer_before_minutes = row.get<std::int32_t>(7),
          .buffer_after_minutes = row.get<std::int32_t>(8),
          .capacity = row.get<std::int32_t>(9),
          .min_notice_minutes = row.get<std::optional<std::int32_t>>(10),
          .max_advance_days = row.get<std::optional<std::int32_t>>(15),
          .active = row.get<bool>(11),
          .position = row.get<std::int32_t>(12),
          .staff = row.get<std::vector<StaffId>>(14),
          .image = media::read_image(row, 16),
          .version = row.get<std::int64_t>(13)};
}

}  // namespace

Task<Page<Category>> categories(db::Connection& connection,
                                PageRequest<Position<CategoryId>> page) {
  const auto after = page.after.value_or(before_all<CategoryId>());
  const auto rows = co_await connection.execute(sql::list_categories, after.position, after.id,
                                                std::int64_t{page.limit} + 1);
  std::vector<Category> items;
  items.reserve(rows.size());
  for (const db::Row row : rows) items.push_back(read_category(row));
  std::optional<std::int64_t> total;
  if (page.with_total) {
    const auto count = co_await connection.execute(sql::count_categories);
    total = count[0].get<std::int64_t>(0);
  }
  co_return page_of(std::move(items), page.limit, total);
}

Task<std::optional<Category>> category(db::Connection& connection, CategoryId id) {
  const auto rows = co_await connection.execute(sql::find_category, id);
  if (rows.empty()) co_return std::nullopt;
  co_return read_category(rows[0]);
}

Task<Page<Service>> services(db::Connection& connection, ServiceFilter filter,
                             PageRequest<Position<ServiceId>> page) {
  const auto after = page.after.value_or(before_all<ServiceId>());
  std::optional<std::string> pattern;
  if (filter.text) pattern = db::like_containing(*filter.text);
  const auto rows =
      co_await connection.execute(sql::list_services, filter.active, filter.category, filter.staff,
                                  pattern, after.position, after.id, std::int64_t{page.limit} + 1);
  std::vector<Service> items;
  items.reserve(rows.size());
  for (const db::Row row : rows) items.push_back(read_service(row));
  std::optional<std::int64_t> total;
  if (page.with_total) {
    const auto count = co_await connection.execute(sql::count_services, filter.active,
                                                   filter.category, filter.staff, pattern);
    total = count[0].get<std::int64_t>(0);
  }
  co_return page_of(std::move(items), page.limit, total);
}

Task<std::optional<Service>> service(db::Connection& connection, ServiceId id) {
  const auto rows = co_await connection.execute(sql::find_service, id);
  if (rows.empty()) co_return std::nullopt;
  co_return read_service(rows[0]);
}

Task<Page<Closure>> closures(db::Connection& connection, ClosureFilter filter,
                             PageRequest<LocalDate> page) {
  const auto rows = co_await connection.execute(sql::list_closures, filter.from, filter.to,
                                                page.after, std::int64_t{page.limit} + 1);
  std::vector<Closure> items;
  items.reserve(rows.size());
  for (const db::Row row : rows) items.push_back({row.get<LocalDate>(0), row.get<std::string>(1)});
  std::optional<std::int64_t> total;
  if (page.with_total) {
    const auto count = co_await connection.execute(sql::count_closures, filter.from, filter.to);
    total = count[0].get<std::int64_t>(0);
  }
  co_return page_of(std::move(items), page.limit, total);
}

Task<std::int64_t> revision(db::Connection& connection) {
  const auto rows = co_await connection.execute(sql::find_revision);
  co_return rows[0].get<std::int64_t>(0);
}

Task<Settings> settings(db::Connection& connection) {
  const auto rows = co_await connection.execute(sql::find_settings);
  ENSURE(rows.size() == 1);
  const db::Row row = rows[0];
  co_return Settings{.name = row.get<std::string>(0),
                     .timezone = row.get<std::string>(1),
                     .currency = row.get<std::string>(2),
                     .locale = row.get<std::string>(3),
                     .address = row.get<std::string>(4),
                     .slot_interval_minutes = row.get<std::int32_t>(5),
                     .min_notice_minutes = row.get<std::int32_t>(6),
                     .max_advance_days = row.get<std::int32_t>(7),
                     .cancel_notice_minutes = row.get<std::int32_t>(8),
                     .auto_confirm = row.get<bool>(9),
                     .max_active_appointments = row.get<std::int32_t>(10),
                     .max_bookings_per_hour = row.get<std::int32_t>(11),
                     .max_sms_per_hour = row.get<std::int32_t>(15),
                     .reminder_offsets_minutes = row.get<std::vector<std::int32_t>>(14),
                     .updated_at = row.get<Instant>(12),
                     .version = row.get<std::int64_t>(13)};
}

}  // namespace frontdesk::catalog::store

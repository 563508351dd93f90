#include "catalog/business_store.hpp"

#include "catalog/limit.hpp"
#include "catalog/statements.hpp"
#include "catalog/store.hpp"
#include "core/ensure.hpp"

#include <utility>

namespace frontdesk::catalog::store {

Task<void> lock_staff(db::Connection& connection) {
  co_await connection.execute(sql::lock_active_staff);
}

Task<Settings> lock_settings(db::Connection& connection) {
  co_await connection.execute(sql::lock_settings);
  co_return co_await settings(connection);
}

Task<void> update_settings(db::Connection& connection, Settings& settings) {
  const auto rows = co_await connection.execute(
      sql::update_settings, settings.name, settings.timezone, settings.currency, settings.locale,
      settings.address, settings.slot_interval_minutes, settings.min_notice_minutes,
      settings.max_advance_days, settings.cancel_notice_minutes, settings.auto_confirm,
      settings.max_active_appointments, settings.max_bookings_per_hour,
      settings.reminder_offsets_minutes, settings.max_sms_per_hour);
  settings.updated_at = rows[0].get<Instant>(0);
  settings.version = rows[0].get<std::int64_t>(1);
}

Task<Result<Zone>> insert_closure(db::Connection& connection, const Closure& closure) {
  // Each statement sees what the locks before it waited for.
  db::Batch batch;
  batch.add(sql::lock_list, "closures").add(sql::lock_active_staff);
  batch.add(sql::insert_closure, closure.date, closure.reason, Catalog::max_closures);
  batch.add(sql::find_settings);
  try {
    const auto results = co_await connection.execute_batch(std::move(batch));
    if (results[2].affected() == 0)
      co_return refuse(limit_reached(Catalog::max_closures, "closures"));
    const auto zone = Zone::find(results[3][0].get<std::string>(1));
    ENSURE(zone);  // the settings have taken no other
    co_return *zone;
  } catch (const db::SqlError& error) {
    if (error.constraint() != "closures_pkey") throw;
    co_return refuse({.kind = ErrorKind::conflict,
                      .code = "closure_exists",
                      .message = "The business is closed on this day already."});
  }
}

Task<bool> delete_closure(db::Connection& connection, LocalDate date) {
  const auto results = co_await connection.execute_batch(db::Batch()
                                                             .add(sql::lock_list, "closures")
                                                             .add(sql::lock_active_staff)
                                                             .add(sql::delete_closure, date));
  co_return results[2].affected() == 1;
}

}  // namespace frontdesk::catalog::store

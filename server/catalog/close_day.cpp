#include "audit/audit.hpp"
#include "catalog/business_store.hpp"
#include "catalog/catalog.hpp"
#include "db/transaction.hpp"

namespace frontdesk::catalog {
namespace {

// A closure has no id: its day names it.
Task<void> record(db::Connection& connection, const Actor& actor, std::string action,
                  LocalDate date) {
  co_await audit::record(connection, actor,
                         {.action = std::move(action),
                          .subject_type = "closure",
                          .subject_id = {},
                          .details = {{"date", format_date(date)}}});
}

Task<Result<Closing>> add_in(db::Transaction& transaction, const Actor& actor,
                             const Closure& closure) {
  auto& connection = transaction.connection();
  const auto zone = co_await store::insert_closure(connection, closure);
  if (!zone) co_return refuse(zone.error());
  auto affected = co_await store::affected(connection, whole_day(closure.date, *zone));
  co_await record(connection, actor, "closure.create", closure.date);
  co_return Closing{closure, std::move(affected)};
}

Task<Result<void>> remove_in(db::Transaction& transaction, const Actor& actor, LocalDate& date) {
  auto& connection = transaction.connection();
  if (!co_await store::delete_closure(connection, date)) co_return refuse(not_found());
  co_await record(connection, actor, "closure.delete", date);
  co_return Result<void>();
}

}  // namespace

Task<Result<Closing>> Catalog::add_closure(const Actor& actor, const Closure& closure,
                                           Deadline deadline) {
  co_return co_await db::in_transaction(pool_, deadline, &add_in, actor, closure);
}

Task<Result<void>> Catalog::remove_closure(const Actor& actor, LocalDate date, Deadline deadline) {
  co_return co_await db::in_transaction(pool_, deadline, &remove_in, actor, date);
}

}  // namespace frontdesk::catalog

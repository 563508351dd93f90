#include "audit/audit.hpp"
#include "catalog/catalog.hpp"
#include "db/transaction.hpp"
#include "staff/staff.hpp"
#include "staff/store.hpp"

namespace frontdesk::staff {
namespace {

Task<Result<void>> reorder_in(db::Transaction& transaction, const Actor& actor,
                              const std::vector<StaffId>& order) {
  auto& connection = transaction.connection();
  co_await store::lock_list(connection);
  const auto active = co_await store::active_members(connection);
  if (auto wrong = catalog::check_order(order, active, active)) co_return refuse(std::move(*wrong));
  if (!co_await store::reorder(connection, order)) co_return Result<void>();
  co_await audit::record(connection, actor, {"staff", "reorder"}, {}, {"position"});
  co_return Result<void>();
}

}  // namespace

Task<Result<void>> Staff::reorder(const Actor& actor, const std::vector<StaffId>& order,
                                  Deadline deadline) {
  co_return co_await db::in_transaction(pool_, deadline, &reorder_in, actor, order);
}

}  // namespace frontdesk::staff

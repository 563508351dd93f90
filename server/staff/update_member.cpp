#include "audit/audit.hpp"
#include "catalog/catalog.hpp"
#include "core/version.hpp"
#include "db/transaction.hpp"
#include "staff/link.hpp"
#include "staff/staff.hpp"
#include "staff/store.hpp"

namespace frontdesk::staff {
namespace {

struct Call {
  const Actor& actor;
  StaffId id;
  const MemberChange& change;
  std::optional<std::int64_t> version;
};

Task<Result<Member>> update_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  if (call.change.active) {
    co_await store::lock_list(connection);
    co_await store::lock_time(connection, call.id);
  }
  auto member = co_await store::lock_member(connection, call.id);
  if (!member) co_return refuse(not_found("There is no such member of staff."));
  if (auto stale = check_version(call.version, member->version)) {
    co_return refuse(std::move(*stale));
  }
  const bool was_active = member->active;
  const auto login_before = member->user;
  const auto changed = apply(call.change, *member);
  if (changed.empty()) co_return std::move(*member);
  // The login of a member who comes back sees the appointments again: that is linking it anew.
  const bool comes_back = member->active && !was_active;
  if (auto forbidden =
          check_link(call.actor, comes_back ? std::nullopt : login_before, member->user)) {
    co_return refuse(*std::move(forbidden));
  }
  if (comes_back && co_await store::count_members(connection) >= Staff::max_members) {
    co_return refuse(catalog::limit_reached(Staff::max_members, "staff"));
  }
  if (auto updated = co_await store::update_member(connection, *member); !updated) {
    co_return refuse(std::move(updated.error()));
  }
  co_await audit::record(connection, call.actor, {"staff", "update"}, call.id, changed);
  co_return std::move(*member);
}

}  // namespace

Task<Result<Member>> Staff::update(const Actor& actor, StaffId id, const MemberChange& change,
                                   std::optional<std::int64_t> version, Deadline deadline) {
  Call call{actor, id, change, version};
  auto updated = co_await db::in_transaction(pool_, deadline, &update_in, call);
  if (!updated) {
    co_await audit_denial(pool_, deadline, actor, updated.error(), "staff.update", id);
  }
  co_return updated;
}

}  // namespace frontdesk::staff

#include "audit/audit.hpp"
#include "core/version.hpp"
#include "db/transaction.hpp"
#include "staff/staff.hpp"
#include "staff/store.hpp"

namespace frontdesk::staff {
namespace {

struct Call {
  const Actor& actor;
  StaffId id;
  std::optional<std::int64_t> version;
};

Task<Result<void>> remove_in(db::Transaction& transaction, const Call& call) {
  auto& connection = transaction.connection();
  co_await store::lock_list(connection);
  co_await store::lock_time(connection, call.id);
  auto member = co_await store::lock_member(connection, call.id);
  if (!member) co_return refuse(not_found("There is no such member of staff."));
  if (auto stale = check_version(call.version, member->version)) {
    co_return refuse(std::move(*stale));
  }

  audit::Entry entry{.action = "staff.delete", .subject_type = "staff", .subject_id = call.id};
  if (co_await store::is_booked(connection, call.id)) {
    if (!member->active) co_return Result<void>();
    member->active = false;
    if (auto retired = co_await store::update_member(connection, *member); !retired) {
      co_return refuse(std::move(retired.error()));
    }
    entry.action = "staff.retire";
    entry.details = {{"fields", {"active"}}};
  } else {
    co_await store::delete_member(connection, call.id);
  }
  co_await audit::record(connection, call.actor, entry);
  co_return Result<void>();
}

}  // namespace

Task<Result<void>> Staff::remove(const Actor& actor, StaffId id,
                                 std::optional<std::int64_t> version, Deadline deadline) {
  const Call call{actor, id, version};
  co_return co_await db::in_transaction(pool_, deadline, &remove_in, call);
}

}  // namespace frontdesk::staff

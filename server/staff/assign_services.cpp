#include "audit/audit.hpp"
#include "core/ensure.hpp"
#include "db/transaction.hpp"
#include "staff/staff.hpp"
#include "staff/store.hpp"

namespace frontdesk::staff {
namespace {

struct Call {
  const Actor& actor;
  StaffId id;
  const std::vector<ServiceId>& services;
  std::optional<std::int64_t> version;
};

Task<Result<Member>> assign_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  if (auto held = co_await hold(connection, call.id, call.version); !held) {
    co_return refuse(std::move(held.error()));
  }
  co_await store::lock_services(connection, call.services);
  const auto changed = co_await store::replace_services(connection, call.id, call.services);
  if (!changed) co_return refuse(changed.error());
  if (*changed) {
    co_await store::bump_version(connection, call.id);
    co_await audit::record(connection, call.actor, {"staff", "update"}, call.id, {"service_ids"});
  }
  auto member = co_await store::member(connection, call.id);
  ENSURE(member.has_value());
  co_return std::move(*member);
}

}  // namespace

Task<Result<Member>> Staff::assign_services(const Actor& actor, StaffId id,
                                            const std::vector<ServiceId>& services,
                                            std::optional<std::int64_t> version,
                                            Deadline deadline) {
  Call call{actor, id, services, version};
  co_return co_await db::in_transaction(pool_, deadline, &assign_in, call);
}

}  // namespace frontdesk::staff

#include "audit/audit.hpp"
#include "core/ensure.hpp"
#include "db/transaction.hpp"
#include "staff/link.hpp"
#include "staff/staff.hpp"
#include "staff/store.hpp"

namespace frontdesk::staff {
namespace {

Task<Result<Member>> add_in(db::Transaction& transaction, const Actor& actor,
                            const NewMember& wanted) {
  auto& connection = transaction.connection();
  co_await store::lock_list(connection);
  co_await store::lock_services(connection, wanted.services);
  const auto id = StaffId::generate();
  if (auto added = co_await store::insert_member(connection, id, wanted); !added) {
    co_return refuse(std::move(added.error()));
  }
  if (auto done = co_await store::replace_services(connection, id, wanted.services); !done) {
    co_return refuse(std::move(done.error()));
  }
  co_await audit::record(connection, actor, {"staff", "create"}, id);
  auto member = co_await store::member(connection, id);
  ENSURE(member.has_value());
  co_return std::move(*member);
}

}  // namespace

Task<Result<Member>> Staff::add(const Actor& actor, const NewMember& member, Deadline deadline) {
  if (auto forbidden = check_link(actor, std::nullopt, member.user)) {
    co_await audit_denial(pool_, deadline, actor, *forbidden, "staff.create", {});
    co_return refuse(*std::move(forbidden));
  }
  co_return co_await db::in_transaction(pool_, deadline, &add_in, actor, member);
}

}  // namespace frontdesk::staff

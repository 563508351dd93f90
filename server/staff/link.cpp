#include "staff/link.hpp"

#include "audit/audit.hpp"

#include <utility>

namespace frontdesk::staff {

std::optional<Error> check_link(const Actor& actor, std::optional<UserId> before,
                                std::optional<UserId> login) {
  if (!login || login == before) return std::nullopt;
  if (actor.may(Permission::appointments_manage) || actor.may(Permission::users_manage)) {
    return std::nullopt;
  }
  return Error{.kind = ErrorKind::forbidden,
               .code = "forbidden",
               .message = "You are not allowed to give a login the appointments of a member."};
}

Task<void> audit_denial(db::Pool& pool, Deadline deadline, const Actor& actor, const Error& error,
                        std::string action, std::optional<StaffId> member) {
  if (error.kind != ErrorKind::forbidden) co_return;
  auto lease = co_await pool.acquire(deadline);
  co_await audit::record(*lease, actor,
                         {.action = std::move(action),
                          .subject_type = "staff",
                          .subject_id = member,
                          .outcome = "refused"});
}

}  // namespace frontdesk::staff

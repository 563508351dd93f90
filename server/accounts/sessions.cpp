#include "accounts/accounts.hpp"
#include "accounts/session_store.hpp"
#include "audit/audit.hpp"
#include "core/ensure.hpp"
#include "db/transaction.hpp"

namespace frontdesk::accounts {
namespace {

struct Call {
  const Actor& actor;
  SessionId session;
};

Task<Result<void>> end_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  if (!co_await store::end_session(connection, call.session, *call.actor.user)) {
    co_return refuse(not_found());
  }
  co_await audit::record(
      connection, call.actor,
      {.action = "auth.session_end", .subject_type = "session", .subject_id = call.session});
  co_return Result<void>();
}

}  // namespace

Task<Page<Session>> Accounts::sessions(const Actor& actor, PageRequest<SessionKey> page,
                                       Deadline deadline) {
  ENSURE(actor.user && actor.session);
  const auto lease = co_await pool_.acquire(deadline);
  auto found = co_await store::sessions(*lease, *actor.user, page);
  for (auto& session : found.items) session.current = session.id == *actor.session;
  co_return found;
}

Task<Result<void>> Accounts::end_session(const Actor& actor, SessionId session, Deadline deadline) {
  ENSURE(actor.user && actor.session);
  Call call{actor, session};
  auto ended = co_await db::in_transaction(pool_, deadline, &end_in, call);
  if (ended) shared_.forget({&session, 1});
  co_return ended;
}

}  // namespace frontdesk::accounts

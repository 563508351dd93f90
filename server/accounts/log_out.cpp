#include "accounts/accounts.hpp"
#include "accounts/session_store.hpp"
#include "audit/audit.hpp"
#include "core/ensure.hpp"
#include "db/transaction.hpp"

namespace frontdesk::accounts {
namespace {

struct Call {
  const Actor& actor;
  std::optional<Sha256Digest> token;  ///< of the session to end beside the actor's
};

using Ended = std::vector<SessionId>;

Task<void> audit_logout(db::Connection& connection, const Actor& actor, const char* action) {
  co_await audit::record(connection, actor,
                         {.action = action, .subject_type = "user", .subject_id = *actor.user});
}

Task<Result<Ended>> log_out_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  Ended ended{*call.actor.session};
  co_await store::end_session(connection, *call.actor.session, *call.actor.user);
  if (call.token) {
    const auto other = co_await store::end_session_of(connection, *call.token, *call.actor.user);
    if (other) ended.push_back(*other);
  }
  co_await audit_logout(connection, call.actor, "auth.logout");
  co_return ended;
}

Task<Result<Ended>> log_out_everywhere_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  auto ended = co_await store::end_all_sessions(connection, *call.actor.user);
  co_await audit_logout(connection, call.actor, "auth.logout_all");
  co_return ended;
}

Result<void> forget(Shared& shared, const Result<Ended>& ended) {
  if (!ended) return refuse(ended.error());
  shared.forget(*ended);
  return {};
}

}  // namespace

Task<Result<void>> Accounts::log_out(const Actor& actor, const std::optional<Secret>& refresh_token,
                                     Deadline deadline) {
  ENSURE(actor.user && actor.session);
  Call call{actor, {}};
  if (refresh_token) call.token = sha256(refresh_token->reveal());
  co_return forget(shared_, co_await db::in_transaction(pool_, deadline, &log_out_in, call));
}

Task<Result<void>> Accounts::log_out_everywhere(const Actor& actor, Deadline deadline) {
  ENSURE(actor.user && actor.session);
  Call call{actor, {}};
  co_return forget(shared_,
                   co_await db::in_transaction(pool_, deadline, &log_out_everywhere_in, call));
}

}  // namespace frontdesk::accounts

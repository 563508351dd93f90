#include "accounts/accounts.hpp"
#include "accounts/events.hpp"
#include "accounts/session_store.hpp"
#include "accounts/token_issue.hpp"
#include "audit/audit.hpp"
#include "db/transaction.hpp"

namespace frontdesk::accounts {
namespace {

Error token_invalid() {
  return {.kind = ErrorKind::unauthenticated,
          .code = "token_invalid",
          .message = "This token is not valid. Log in again."};
}

Error token_reused() {
  return {.kind = ErrorKind::unauthenticated,
          .code = "token_reused",
          .message = "This token was used before, so its session has ended. Log in again."};
}

struct Call {
  const Actor& actor;
  const Shared& shared;
  const queue::Outbox& outbox;
  Sha256Digest token;
  std::optional<SessionId> ended = {};
};

// RFC 9700 section 4.14: of two holders of a token one is a thief, and nobody can tell which.
Task<void> end_family(db::Connection& connection, Call& call, const store::KnownToken& token) {
  call.ended = token.session;
  if (!co_await store::end_session(connection, token.session, token.user)) co_return;
  co_await audit::record(connection, call.actor,
                         {.action = "auth.token_reused",
                          .subject_type = "session",
                          .subject_id = token.session,
                          .outcome = "refused",
                          .actor = token.user});
  const auto event = token_reused_event(token.user, call.shared.options.public_origin);
  co_await call.outbox.enqueue(connection, event);
}

Task<Result<TokenPair>> refresh_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  const auto used = co_await store::use_refresh_token(connection, call.token);
  if (used) {
    const auto refresh = OpaqueToken::generate(refresh_token_bytes);
    co_await store::insert_refresh_token(connection, refresh.digest, used->session);
    co_await store::touch_session(connection, used->session, call.actor.address);
    co_await audit::record(connection, call.actor,
                           {.action = "auth.refresh",
                            .subject_type = "session",
                            .subject_id = used->session,
                            .actor = used->user});
    co_return issue_tokens(call.shared, used->user, used->session, refresh, used->left);
  }
  const auto known = co_await store::find_refresh_token(connection, call.token);
  if (!known || !known->used) co_return refuse(token_invalid());
  co_await end_family(connection, call, *known);
  co_await transaction.commit();
  co_return refuse(token_reused());
}

}  // namespace

Task<Result<TokenPair>> Accounts::refresh(const Actor& actor, const Secret& refresh_token,
                                          Deadline deadline) {
  Call call{actor, shared_, outbox_, sha256(refresh_token.reveal())};
  auto pair = co_await db::in_transaction(pool_, deadline, &refresh_in, call);
  if (call.ended) shared_.forget({&*call.ended, 1});
  co_return pair;
}

}  // namespace frontdesk::accounts

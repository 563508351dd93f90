#include "accounts/account_store.hpp"
#include "accounts/accounts.hpp"
#include "accounts/password_attempt.hpp"
#include "accounts/session_store.hpp"
#include "accounts/token_issue.hpp"
#include "audit/audit.hpp"
#include "core/ensure.hpp"
#include "db/transaction.hpp"

namespace frontdesk::accounts {
namespace {

Error invalid_credentials() {
  return {.kind = ErrorKind::unauthenticated,
          .code = "invalid_credentials",
          .message = "E-mail address or password is wrong."};
}

struct Call {
  const Credentials& credentials;
  PasswordAttempt attempt;
  std::optional<std::string> new_hash = {};  ///< where the old one has another cost (R07)
  std::vector<SessionId> ended = {};         ///< oldest sessions that gave way
};

Task<Result<void>> begin_in(db::Transaction& transaction, Call& call) {
  call.attempt.account = co_await store::login(transaction.connection(), call.credentials.email);
  co_return co_await begin(transaction, call.attempt);
}

Task<Result<LoggedIn>> finish_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  const auto& [id, hash, usable] = *call.attempt.account;
  const auto& options = call.attempt.shared.options;
  if (!co_await settle(connection, call.attempt)) co_return refuse(invalid_credentials());
  if (call.new_hash) co_await store::replace_hash(connection, id, hash, *call.new_hash);

  const store::NewSession session{.id = SessionId::generate(),
                                  .user = id,
                                  .device_name = call.credentials.device_name,
                                  .address = call.attempt.actor.address,
                                  .lifetime = options.refresh_ttl};
  const auto refresh = OpaqueToken::generate(refresh_token_bytes);
  co_await store::insert_session(connection, session);
  co_await store::insert_refresh_token(connection, refresh.digest, session.id);
  call.ended = co_await store::end_oldest_sessions(connection, id, options.sessions_per_account);

  auto entry = entry_of(call.attempt, "success");
  entry.actor = id;
  co_await audit::record(connection, call.attempt.actor, entry);
  auto account = co_await store::account(connection, id);
  ENSURE(account.has_value());
  co_return LoggedIn{
      issue_tokens(call.attempt.shared, id, session.id, refresh, options.refresh_ttl),
      std::move(*account)};
}

}  // namespace

Task<Result<LoggedIn>> Accounts::log_in(const Actor& actor, const Credentials& credentials,
                                        Deadline deadline) {
  auto slot = shared_.hasher.admit();
  if (!slot) co_return refuse(std::move(slot.error()));

  Call call{.credentials = credentials,
            .attempt = {.actor = actor,
                        .shared = shared_,
                        .action = "auth.login",
                        .address = shared_.address_hmac(credentials.email)}};
  const auto begun = co_await db::in_transaction(pool_, deadline, &begin_in, call);
  if (!begun) co_return refuse(begun.error());
  const auto password = credentials.password.reveal();
  if (!co_await compare(pool_, *slot, call.attempt, password, deadline)) {
    co_return refuse(invalid_credentials());
  }
  if (shared_.hasher.is_outdated(call.attempt.account->password_hash)) {
    call.new_hash = co_await shared_.hasher.hash(*slot, password);
  }
  auto logged_in = co_await db::in_transaction(pool_, deadline, &finish_in, call);
  shared_.forget(call.ended);
  co_return logged_in;
}

}  // namespace frontdesk::accounts

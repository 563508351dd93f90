#include "accounts/account_store.hpp"
#include "accounts/accounts.hpp"
#include "accounts/client_network.hpp"
#include "accounts/events.hpp"
#include "accounts/password_attempt.hpp"
#include "accounts/session_store.hpp"
#include "accounts/token_issue.hpp"
#include "audit/audit.hpp"
#include "core/ensure.hpp"
#include "db/transaction.hpp"

#include <algorithm>
#include <chrono>

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
  const queue::Outbox& outbox;
  std::optional<std::string> new_hash = {};  ///< where the old one has another cost (R07)
  std::vector<SessionId> ended = {};         ///< oldest sessions that gave way
};

Task<Result<void>> begin_in(db::Transaction& transaction, Call& call) {
  call.attempt.account = co_await store::login(transaction.connection(), call.credentials.email);
  co_return co_await begin(transaction, call.attempt);
}

// Whoever knows the password can say any device's name: the network has to be known with it.
bool is_known(const std::vector<store::EarlierLogin>& earlier, const store::NewSession& session) {
  const auto network = client_network(session.address);
  return std::ranges::any_of(earlier, [&](const store::EarlierLogin& login) {
    return login.device_name == session.device_name && client_network(login.address) == network;
  });
}

// The very first login is the owner's, who has just proved the address.
Task<void> tell_of_new_place(db::Connection& connection, const Call& call,
                             const store::NewSession& session) {
  const auto earlier = co_await store::earlier_logins(connection, session.user);
  if (earlier.empty() || is_known(earlier, session)) co_return;
  const auto now = std::chrono::floor<Instant::duration>(std::chrono::system_clock::now());
  const NewLogin login{
      .user = session.user, .at = now, .device = session.device_name, .address = session.address};
  const auto event = new_login_event(login, call.attempt.shared.options.public_origin);
  co_await call.outbox.enqueue(connection, event);
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
  co_await tell_of_new_place(connection, call, session);
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
                        .address = shared_.address_hmac(credentials.email)},
            .outbox = outbox_};
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

#include "accounts/account_store.hpp"
#include "accounts/accounts.hpp"
#include "accounts/client_network.hpp"
#include "accounts/login_store.hpp"
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

Error account_locked(std::chrono::seconds wait) {
  return {.kind = ErrorKind::too_many,
          .code = "account_locked",
          .message = "Too many failed logins. Try again later.",
          .retry_after = wait};
}

/// One attempt, as it goes through its two transactions.
struct Attempt {
  const Actor& actor;
  const Credentials& credentials;
  const Shared& shared;
  Sha256Digest address;
  std::string network;
  Uuid id = Uuid::generate();
  std::optional<store::LoginRow> found = {};  ///< the account, if there is one
  std::optional<std::string> new_hash = {};   ///< where the old one has another cost (R07)
  std::vector<SessionId> ended = {};          ///< oldest sessions that gave way
};

audit::Entry login_entry(const Attempt& attempt, const char* outcome) {
  audit::Entry entry{
      .action = "auth.login", .subject_type = "user", .subject_id = {}, .outcome = outcome};
  if (attempt.found) entry.subject_id = attempt.found->id;
  return entry;
}

// R08: counts the attempt as failed before the password is looked at, so that a hundred of them at
// the same moment are judged no differently from a hundred in a row.
Task<Result<void>> begin_in(db::Transaction& transaction, Attempt& attempt) {
  auto& connection = transaction.connection();
  co_await store::lock_address(connection, attempt.address);
  attempt.found = co_await store::login(connection, attempt.credentials.email);
  auto state = co_await store::lockout(connection, attempt.address, attempt.network);
  const auto wait = begin_attempt(state.lockout, attempt.shared.options.lockout, state.now);
  co_await store::record_attempt(connection, attempt.id, attempt.address, attempt.actor.address,
                                 wait.has_value());
  if (!wait) {
    co_await store::save_lockout(connection, attempt.address, attempt.network, state.lockout);
    co_return Result<void>();
  }
  co_await audit::record(connection, attempt.actor, login_entry(attempt, "refused"));
  co_await transaction.commit();
  co_return refuse(account_locked(*wait));
}

Task<Result<LoggedIn>> finish_in(db::Transaction& transaction, Attempt& attempt) {
  auto& connection = transaction.connection();
  const auto& options = attempt.shared.options;
  const auto user = attempt.found->id;
  co_await store::lock_address(connection, attempt.address);
  const auto hash = co_await store::lock_usable(connection, user);
  if (hash != attempt.found->password_hash) co_return refuse(invalid_credentials());

  co_await store::clear_lockout(connection, attempt.address, attempt.network);
  co_await store::mark_attempt_successful(connection, attempt.id);
  if (attempt.new_hash) co_await store::replace_hash(connection, user, *hash, *attempt.new_hash);

  const store::NewSession session{.id = SessionId::generate(),
                                  .user = user,
                                  .device_name = attempt.credentials.device_name,
                                  .address = attempt.actor.address,
                                  .lifetime = options.refresh_ttl};
  const auto refresh = RefreshToken::generate();
  co_await store::insert_session(connection, session);
  co_await store::insert_refresh_token(connection, refresh.digest, session.id);
  attempt.ended =
      co_await store::end_oldest_sessions(connection, user, options.sessions_per_account);

  auto entry = login_entry(attempt, "success");
  entry.actor = user;
  co_await audit::record(connection, attempt.actor, entry);
  auto account = co_await store::account(connection, user);
  ENSURE(account.has_value());
  co_return LoggedIn{issue_tokens(attempt.shared, user, session.id, refresh, options.refresh_ttl),
                     std::move(*account)};
}

}  // namespace

Task<Result<LoggedIn>> Accounts::log_in(const Actor& actor, const Credentials& credentials,
                                        Deadline deadline) {
  // Before the attempt is counted: a full hasher must lock nobody out.
  auto slot = shared_.hasher.admit();
  if (!slot) co_return refuse(std::move(slot.error()));

  Attempt attempt{.actor = actor,
                  .credentials = credentials,
                  .shared = shared_,
                  .address = shared_.address_hmac(credentials.email),
                  .network = client_network(actor.address)};
  const auto begun = co_await db::in_transaction(pool_, deadline, &begin_in, attempt);
  if (!begun) co_return refuse(begun.error());

  // R05: an unknown address costs a comparison, too.
  const auto password = credentials.password.reveal();
  const bool right = co_await shared_.hasher.verify(
      *slot, password, attempt.found ? attempt.found->password_hash : shared_.hasher.dummy_hash());
  if (!right || !attempt.found || !attempt.found->usable) {
    const auto lease = co_await pool_.acquire(deadline);
    co_await audit::record(*lease, actor, login_entry(attempt, "failure"));
    co_return refuse(invalid_credentials());
  }
  if (shared_.hasher.is_outdated(attempt.found->password_hash)) {
    attempt.new_hash = co_await shared_.hasher.hash(*slot, password);
  }
  auto logged_in = co_await db::in_transaction(pool_, deadline, &finish_in, attempt);
  shared_.forget(attempt.ended);
  co_return logged_in;
}

}  // namespace frontdesk::accounts

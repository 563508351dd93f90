#include "accounts/password_attempt.hpp"

namespace frontdesk::accounts {
namespace {

Error account_locked(std::chrono::seconds wait) {
  return {.kind = ErrorKind::too_many,
          .code = "account_locked",
          .message = "Too many failed logins. Try again later.",
          .retry_after = wait};
}

}  // namespace

Error wrong_password() {
  return invalid_field("current_password", "wrong", "This is not the current password.");
}

audit::Entry entry_of(const PasswordAttempt& attempt, const char* outcome) {
  audit::Entry entry{
      .action = attempt.action, .subject_type = "user", .subject_id = {}, .outcome = outcome};
  if (attempt.account) entry.subject_id = attempt.account->id;
  return entry;
}

Task<Result<void>> begin(db::Transaction& transaction, const PasswordAttempt& attempt) {
  auto& connection = transaction.connection();
  co_await store::lock_address(connection, attempt.address);
  auto state = co_await store::lockout(connection, attempt.address, attempt.network);
  const auto wait = begin_attempt(state.lockout, attempt.shared.options.lockout, state.now);
  co_await store::record_attempt(connection, attempt.id, attempt.address, attempt.actor.address,
                                 wait.has_value());
  if (!wait) {
    co_await store::save_lockout(connection, attempt.address, attempt.network, state.lockout);
    co_return Result<void>();
  }
  co_await audit::record(connection, attempt.actor, entry_of(attempt, "refused"));
  co_await transaction.commit();
  co_return refuse(account_locked(*wait));
}

Task<bool> compare(db::Pool& pool, const PasswordHasher::Slot& slot, const PasswordAttempt& attempt,
                   std::string_view password, Deadline deadline) {
  auto& hasher = attempt.shared.hasher;
  const bool right = co_await hasher.verify(
      slot, password, attempt.account ? attempt.account->password_hash : hasher.dummy_hash());
  if (right && attempt.account && attempt.account->usable) co_return true;
  const auto lease = co_await pool.acquire(deadline);
  co_await audit::record(*lease, attempt.actor, entry_of(attempt, "failure"));
  co_return false;
}

Task<bool> settle(db::Connection& connection, const PasswordAttempt& attempt) {
  co_await store::lock_address(connection, attempt.address);
  const auto hash = co_await store::lock_usable(connection, attempt.account->id);
  if (hash != attempt.account->password_hash) co_return false;
  co_await store::clear_lockout(connection, attempt.address, attempt.network);
  co_await store::mark_attempt_successful(connection, attempt.id);
  co_return true;
}

}  // namespace frontdesk::accounts

#include "accounts/account_store.hpp"
#include "accounts/accounts.hpp"
#include "accounts/code_dispatch.hpp"
#include "accounts/email_change_store.hpp"
#include "accounts/events.hpp"
#include "accounts/reset_store.hpp"
#include "accounts/session_store.hpp"
#include "audit/audit.hpp"
#include "core/ensure.hpp"
#include "db/transaction.hpp"

namespace frontdesk::accounts {
namespace {

struct Call {
  const Actor& actor;
  const store::PendingEmail& pending;
  const Shared& shared;
  const queue::Outbox& outbox;
  std::vector<SessionId> ended = {};
};

Task<Result<Account>> verify_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  const auto user = *call.actor.user;
  const auto before = co_await store::lock_account(connection, user);
  if (!before || !co_await store::take_email_change(connection, user, call.pending.id)) {
    co_return refuse(code_invalid());
  }
  // Somebody else came to the address first; whoever holds this code knows the address.
  const auto moved = co_await store::update_email(connection, user, call.pending.email);
  if (!moved) co_return refuse(code_invalid());

  co_await store::delete_resets(connection, user);
  co_await store::delete_registrations(connection, call.pending.email);
  call.ended = co_await store::end_other_sessions(connection, user, *call.actor.session);
  const auto event = email_changed_event(before->email, user, call.shared.options.public_origin);
  co_await call.outbox.enqueue(connection, event);
  co_await audit::record(connection, call.actor, {"user", "update"}, user, {"email"});
  auto account = co_await store::account(connection, user);
  ENSURE(account.has_value());
  co_return std::move(*account);
}

Task<std::optional<store::PendingEmail>> find_match(db::Connection& connection,
                                                    const Shared& shared, UserId user,
                                                    const std::string& code) {
  auto pending = co_await store::guess_email_change(connection, user, shared.options.codes);
  if (!pending) co_return std::nullopt;
  const auto given =
      shared.codes.seal(CodePurpose::email_change, pending->id, pending->email, code);
  if (!equal_in_constant_time(given, pending->code)) co_return std::nullopt;
  co_return pending;
}

}  // namespace

Task<Result<Account>> Accounts::verify_email_change(const Actor& actor, const std::string& code,
                                                    Deadline deadline) {
  ENSURE(actor.user && actor.session);
  std::optional<store::PendingEmail> match;
  {
    const auto lease = co_await pool_.acquire(deadline);
    match = co_await find_match(*lease, shared_, *actor.user, code);
    if (!match) {
      co_await audit::record(*lease, actor,
                             {.action = "auth.verify_email_change",
                              .subject_type = "user",
                              .subject_id = *actor.user,
                              .outcome = "refused"});
    }
  }
  if (!match) {
    shared_.options.on_wrong_code();
    co_return refuse(code_invalid());
  }
  Call call{actor, *match, shared_, outbox_};
  auto account =
      shared_.with_ticket(co_await db::in_transaction(pool_, deadline, &verify_in, call));
  if (account) shared_.forget(call.ended);
  co_return account;
}

}  // namespace frontdesk::accounts

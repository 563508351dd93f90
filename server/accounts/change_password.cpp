#include "accounts/account_store.hpp"
#include "accounts/accounts.hpp"
#include "accounts/events.hpp"
#include "accounts/password_attempt.hpp"
#include "accounts/password_policy.hpp"
#include "accounts/reset_store.hpp"
#include "accounts/session_store.hpp"
#include "core/ensure.hpp"
#include "db/transaction.hpp"

namespace frontdesk::accounts {
namespace {

struct Call {
  const PasswordChange& change;
  PasswordAttempt attempt;
  const queue::Outbox& outbox;
  std::string new_hash = {};
};

Task<Result<void>> begin_in(db::Transaction& transaction, Call& call) {
  auto own = co_await store::own_login(transaction.connection(), *call.attempt.actor.user);
  if (!own) co_return refuse(not_found());
  // Judged before the attempt is counted: a password that will not do costs nothing.
  if (auto problem = check_password("new_password", call.change.wanted.reveal(), own->email)) {
    co_return refuse(invalid_field(std::move(problem->field), std::move(problem->code),
                                   std::move(problem->message)));
  }
  call.attempt.account = std::move(own->login);
  call.attempt.address = call.attempt.shared.address_hmac(own->email);
  co_return co_await begin(transaction, call.attempt);
}

Task<Result<std::vector<SessionId>>> finish_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  const auto& account = *call.attempt.account;
  if (!co_await settle(connection, call.attempt)) co_return refuse(wrong_password());
  co_await store::replace_hash(connection, account.id, account.password_hash, call.new_hash);
  co_await store::delete_resets(connection, account.id);
  auto ended =
      co_await store::end_other_sessions(connection, account.id, *call.attempt.actor.session);
  const auto event = password_changed_event(account.id, call.attempt.shared.options.public_origin);
  co_await call.outbox.enqueue(connection, event);
  co_await audit::record(connection, call.attempt.actor, entry_of(call.attempt, "success"));
  co_return std::move(ended);
}

}  // namespace

Task<Result<void>> Accounts::change_password(const Actor& actor, const PasswordChange& change,
                                             Deadline deadline) {
  ENSURE(actor.user && actor.session);
  auto slot = shared_.hasher.admit();
  if (!slot) co_return refuse(std::move(slot.error()));

  Call call{.change = change,
            .attempt = {.actor = actor,
                        .shared = shared_,
                        .action = "auth.change_password",
                        .address = {}},
            .outbox = outbox_};
  const auto begun = co_await db::in_transaction(pool_, deadline, &begin_in, call);
  if (!begun) co_return refuse(begun.error());
  if (!co_await compare(pool_, *slot, call.attempt, change.current.reveal(), deadline)) {
    co_return refuse(wrong_password());
  }
  call.new_hash = co_await shared_.hasher.hash(*slot, change.wanted.reveal());
  const auto ended = co_await db::in_transaction(pool_, deadline, &finish_in, call);
  if (!ended) co_return refuse(ended.error());
  shared_.forget(*ended);
  co_return Result<void>();
}

}  // namespace frontdesk::accounts

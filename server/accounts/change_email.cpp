#include "accounts/account_store.hpp"
#include "accounts/accounts.hpp"
#include "accounts/code_dispatch.hpp"
#include "accounts/email_change_store.hpp"
#include "accounts/password_attempt.hpp"
#include "core/ensure.hpp"
#include "db/transaction.hpp"

namespace frontdesk::accounts {
namespace {

struct Call {
  const EmailChange& change;
  PasswordAttempt attempt;
  CodeDispatch dispatch;
};

Task<Result<void>> begin_in(db::Transaction& transaction, Call& call) {
  auto own = co_await store::own_login(transaction.connection(), *call.attempt.actor.user);
  if (!own) co_return refuse(not_found());
  if (own->email == call.change.email) {
    co_return refuse(invalid_field("email", "unchanged", "This is your e-mail address already."));
  }
  call.attempt.account = std::move(own->login);
  call.attempt.address = call.attempt.shared.address_hmac(own->email);
  co_return co_await begin(transaction, call.attempt);
}

// R05: an address that has an account gets a mail that says so; whoever asks cannot tell.
Task<void> send(db::Connection& connection, Call& call, const CodeSent& sent) {
  const auto user = call.attempt.account->id;
  if (const auto known = co_await store::login(connection, call.change.email)) {
    co_await store::delete_email_change(connection, user);
    co_await call.dispatch.send_known_address(connection, call.change.email, known->id);
    co_return;
  }
  const auto id = Uuid::generate();
  const auto code = generate_code();
  const store::PendingEmail pending{.id = id,
                                    .email = call.change.email,
                                    .code = call.dispatch.seal(id, call.change.email, code)};
  co_await store::save_email_change(connection, user, pending, sent.expires_at);
  co_await call.dispatch.send_code(connection, call.change.email, code, {.user = user});
}

Task<Result<CodeSent>> finish_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  if (!co_await settle(connection, call.attempt)) co_return refuse(wrong_password());
  auto sent = co_await call.dispatch.begin(connection, call.change.email);
  if (sent) co_await send(connection, call, *sent);
  co_await audit::record(connection, call.attempt.actor,
                         entry_of(call.attempt, sent ? "success" : "refused"));
  // Also when no code may leave: the password was right, and that is not taken back.
  co_await transaction.commit();
  co_return std::move(sent);
}

}  // namespace

Task<Result<CodeSent>> Accounts::change_email(const Actor& actor, const EmailChange& change,
                                              Deadline deadline) {
  ENSURE(actor.user && actor.session);
  auto slot = shared_.hasher.admit();
  if (!slot) co_return refuse(std::move(slot.error()));

  Call call{
      .change = change,
      .attempt = {.actor = actor, .shared = shared_, .action = "auth.change_email", .address = {}},
      .dispatch = CodeDispatch(shared_, outbox_, CodePurpose::email_change)};
  const auto begun = co_await db::in_transaction(pool_, deadline, &begin_in, call);
  if (!begun) co_return refuse(begun.error());
  if (!co_await compare(pool_, *slot, call.attempt, change.current_password.reveal(), deadline)) {
    co_return refuse(wrong_password());
  }
  co_return co_await db::in_transaction(pool_, deadline, &finish_in, call);
}

}  // namespace frontdesk::accounts

#include "accounts/accounts.hpp"
#include "accounts/code_dispatch.hpp"
#include "accounts/events.hpp"
#include "accounts/invitation_dispatch.hpp"
#include "accounts/opaque_token.hpp"
#include "accounts/reset_store.hpp"
#include "audit/audit.hpp"
#include "db/transaction.hpp"

namespace frontdesk::accounts {
namespace {

struct Call {
  const Actor& actor;
  const EmailAddress& address;
  const Shared& shared;
  const queue::Outbox& outbox;
  CodeDispatch dispatch;
};

void add_reset(db::Batch& batch, const Call& call, UserId user, Instant code_expires_at) {
  const Uuid id = Uuid::generate();
  const auto code = generate_code();
  const auto token = OpaqueToken::generate(reset_token_bytes);
  store::add_reset(batch, {.id = id,
                           .user = user,
                           .code = call.dispatch.seal(id, call.address, code),
                           .code_expires_at = code_expires_at,
                           .token = token.digest,
                           .token_lifetime = call.shared.options.reset_link_lifetime});
  call.outbox.enqueue(batch, password_reset_event(user, code, token.text, call.shared.options));
}

Task<Result<CodeSent>> forgot_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  auto sent = co_await call.dispatch.begin(connection, call.address);
  if (!sent) co_return refuse(std::move(sent.error()));

  const auto account = co_await store::find_forgetful(connection, call.address);
  audit::Entry entry{.action = "auth.forgot_password", .subject_type = "user", .subject_id = {}};
  // In one round trip, whether or not there is a mail to send: the time must not tell (R05).
  db::Batch batch;
  if (account && account->usable) {
    entry.subject_id = account->user;
    add_reset(batch, call, account->user, sent->expires_at);
  } else if (account && account->invited_for) {
    // For as long as it runs: there is no password to forget.
    entry.subject_id = account->user;
    const InvitationMail mail{.user = account->user,
                              .to = call.address.text(),
                              .role_name = account->role_name,
                              .locale = account->locale,
                              .lifetime = *account->invited_for};
    send_invitation(batch, call.outbox, mail, call.shared.options);
  }
  audit::record(batch, call.actor, entry);
  co_await connection.execute_batch(std::move(batch));
  co_return std::move(sent);
}

}  // namespace

Task<Result<CodeSent>> Accounts::forgot_password(const Actor& actor, const EmailAddress& address,
                                                 Deadline deadline) {
  Call call{actor, address, shared_, outbox_,
            CodeDispatch(shared_, outbox_, CodePurpose::password_reset)};
  co_return co_await db::in_transaction(pool_, deadline, &forgot_in, call);
}

}  // namespace frontdesk::accounts

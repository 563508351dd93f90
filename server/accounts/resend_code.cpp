#include "accounts/account_store.hpp"
#include "accounts/accounts.hpp"
#include "accounts/code_dispatch.hpp"
#include "audit/audit.hpp"
#include "db/transaction.hpp"

namespace frontdesk::accounts {
namespace {

struct Call {
  const Actor& actor;
  const EmailAddress& address;
  CodeDispatch dispatch;
};

Task<Result<CodeSent>> resend_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  auto sent = co_await call.dispatch.begin(connection, call.address);
  if (!sent) co_return refuse(std::move(sent.error()));

  const auto registration = co_await store::newest_registration(connection, call.address);
  if (const auto known = co_await store::login(connection, call.address)) {
    co_await call.dispatch.send_known_address(connection, call.address, known->id);
  } else if (registration) {
    const auto code = generate_code();
    const auto sealed = call.dispatch.seal(registration->id, call.address, code);
    co_await store::replace_code(connection, registration->id, sealed, sent->expires_at);
    co_await call.dispatch.send_code(connection, call.address, code,
                                     {.locale = registration->locale});
  }
  audit::Entry entry{
      .action = "auth.resend_code", .subject_type = "registration", .subject_id = {}};
  if (registration) entry.subject_id = registration->id;
  co_await audit::record(connection, call.actor, entry);
  co_return std::move(sent);
}

}  // namespace

Task<Result<CodeSent>> Accounts::resend_code(const Actor& actor, const EmailAddress& address,
                                             Deadline deadline) {
  Call call{actor, address, CodeDispatch(shared_, outbox_)};
  co_return co_await db::in_transaction(pool_, deadline, &resend_in, call);
}

}  // namespace frontdesk::accounts

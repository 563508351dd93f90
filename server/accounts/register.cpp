#include "accounts/account_store.hpp"
#include "accounts/accounts.hpp"
#include "accounts/code_dispatch.hpp"
#include "audit/audit.hpp"
#include "db/transaction.hpp"

namespace frontdesk::accounts {
namespace {

struct Call {
  const Actor& actor;
  const Registration& registration;
  const std::string& password_hash;
  CodeDispatch dispatch;
};

Task<Result<PendingRegistration>> register_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  const auto& email = call.registration.email;
  auto sent = co_await call.dispatch.begin(connection, email);
  if (!sent) co_return refuse(std::move(sent.error()));

  // An id of its own also where the address is known: the answer must not tell (R05).
  const Uuid id = Uuid::generate();
  if (const auto known = co_await store::login(connection, email)) {
    co_await call.dispatch.send_known_address(connection, email, known->id);
  } else {
    const auto code = generate_code();
    co_await store::insert_registration(connection, id, call.registration, call.password_hash,
                                        call.dispatch.seal(id, email, code), sent->expires_at);
    co_await call.dispatch.send_code(connection, email, code, {.locale = call.registration.locale});
  }
  co_await audit::record(
      connection, call.actor,
      {.action = "auth.register", .subject_type = "registration", .subject_id = id});
  co_return PendingRegistration{id, std::move(*sent)};
}

}  // namespace

Task<Result<PendingRegistration>> Accounts::register_account(const Actor& actor,
                                                             const Registration& registration,
                                                             Deadline deadline) {
  auto slot = shared_.hasher.admit();
  if (!slot) co_return refuse(std::move(slot.error()));
  // Hashed for a known address, too: the time must not tell (R05).
  const auto hash = co_await shared_.hasher.hash(*slot, registration.password.reveal());
  Call call{actor, registration, hash, CodeDispatch(shared_, outbox_)};
  co_return co_await db::in_transaction(pool_, deadline, &register_in, call);
}

}  // namespace frontdesk::accounts

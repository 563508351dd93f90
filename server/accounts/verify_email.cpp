#include "access/access.hpp"
#include "accounts/account_store.hpp"
#include "accounts/accounts.hpp"
#include "accounts/code_dispatch.hpp"
#include "accounts/events.hpp"
#include "audit/audit.hpp"
#include "core/ensure.hpp"
#include "db/transaction.hpp"

namespace frontdesk::accounts {
namespace {

struct Call {
  const Actor& actor;
  const EmailAddress& email;
  Uuid registration;
  Sha256Digest code;
  const Shared& shared;
  const queue::Outbox& outbox;
};

Task<Result<Account>> verify_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  const auto person = co_await store::take_registration(connection, call.registration, call.code);
  if (!person) co_return refuse(code_invalid());

  const auto user = UserId::generate();
  const auto role = access::id_of(access::SystemRole::customer);
  const auto inserted = co_await store::insert_account(connection, user, role, call.email, *person);
  // Another registration of the address came first; whoever holds this code knows the address.
  if (!inserted) co_return refuse(code_invalid());
  co_await store::delete_registrations(connection, call.email);
  const auto welcome = welcome_event(user, person->name, call.shared.options.public_origin);
  co_await call.outbox.enqueue(connection, welcome);
  co_await audit::record(
      connection, call.actor,
      {.action = "auth.verify_email", .subject_type = "user", .subject_id = user, .actor = user});
  auto account = co_await store::account(connection, user);
  ENSURE(account.has_value());
  co_return std::move(*account);
}

// The registration whose code matches, with that code's HMAC. Each look at a code takes one of its
// guesses, which is committed before the comparison: a guess is never given back (R01).
Task<std::optional<std::pair<Uuid, Sha256Digest>>> match_code(
    db::Connection& connection, const Shared& shared, const EmailVerification& verification) {
  auto registration = verification.registration;
  if (!registration) {
    registration = co_await store::sole_registration(connection, verification.email);
  }
  if (!registration) co_return std::nullopt;
  const auto expected = co_await store::take_guess(connection, *registration, verification.email,
                                                   shared.options.codes);
  if (!expected) co_return std::nullopt;
  const auto given = shared.codes.seal(CodePurpose::email_verification, *registration,
                                       verification.email, verification.code);
  if (!equal_in_constant_time(given, *expected)) co_return std::nullopt;
  co_return std::pair(*registration, *expected);
}

}  // namespace

Task<Result<Account>> Accounts::verify_email(const Actor& actor,
                                             const EmailVerification& verification,
                                             Deadline deadline) {
  std::optional<std::pair<Uuid, Sha256Digest>> match;
  {
    const auto lease = co_await pool_.acquire(deadline);
    match = co_await match_code(*lease, shared_, verification);
    if (!match) {
      co_await audit::record(*lease, actor,
                             {.action = "auth.verify_email",
                              .subject_type = "registration",
                              .subject_id = verification.registration,
                              .outcome = "refused"});
    }
  }
  if (!match) {
    shared_.options.on_wrong_code();
    co_return refuse(code_invalid());
  }
  Call call{actor, verification.email, match->first, match->second, shared_, outbox_};
  co_return co_await db::in_transaction(pool_, deadline, &verify_in, call);
}

}  // namespace frontdesk::accounts

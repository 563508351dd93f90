#include "accounts/account_store.hpp"
#include "accounts/accounts.hpp"
#include "accounts/code_dispatch.hpp"
#include "accounts/phone_store.hpp"
#include "audit/audit.hpp"
#include "core/ensure.hpp"
#include "db/transaction.hpp"

namespace frontdesk::accounts {
namespace {

struct Call {
  const Actor& actor;
  const store::PendingPhone& pending;
};

// The number may have been changed since the code was sent.
Task<Result<Account>> verify_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  const auto user = *call.actor.user;
  auto account = co_await store::lock_account(connection, user);
  if (!account || account->phone != call.pending.phone ||
      !co_await store::take_phone_code(connection, user, call.pending.id)) {
    co_return refuse(code_invalid());
  }
  if (account->phone_verified) co_return std::move(*account);
  account->phone_verified = true;
  co_await store::update_account(connection, *account);
  co_await audit::record(connection, call.actor, {"user", "update"}, user, {"phone_verified"});
  co_return std::move(*account);
}

Task<std::optional<store::PendingPhone>> find_match(db::Connection& connection,
                                                    const Shared& shared, UserId user,
                                                    const std::string& code) {
  auto pending = co_await store::guess_phone_code(connection, user, shared.options.codes);
  if (!pending) co_return std::nullopt;
  const auto given =
      shared.codes.seal(CodePurpose::phone_verification, pending->id, pending->phone, code);
  if (!equal_in_constant_time(given, pending->code)) co_return std::nullopt;
  co_return pending;
}

}  // namespace

Task<Result<Account>> Accounts::verify_phone(const Actor& actor, const std::string& code,
                                             Deadline deadline) {
  ENSURE(actor.user.has_value());
  std::optional<store::PendingPhone> match;
  {
    const auto lease = co_await pool_.acquire(deadline);
    match = co_await find_match(*lease, shared_, *actor.user, code);
    if (!match) {
      co_await audit::record(*lease, actor,
                             {.action = "auth.verify_phone",
                              .subject_type = "user",
                              .subject_id = *actor.user,
                              .outcome = "refused"});
    }
  }
  if (!match) {
    shared_.options.on_wrong_code();
    co_return refuse(code_invalid());
  }
  Call call{actor, *match};
  co_return shared_.with_ticket(co_await db::in_transaction(pool_, deadline, &verify_in, call));
}

}  // namespace frontdesk::accounts

#include "accounts/accounts.hpp"

#include "accounts/account_store.hpp"
#include "accounts/password_policy.hpp"
#include "accounts/session_store.hpp"
#include "audit/audit.hpp"
#include "core/ensure.hpp"
#include "db/transaction.hpp"

namespace frontdesk::accounts {
namespace {

struct Creation {
  const Actor& actor;
  const NewAccount& account;
  store::TakenRegistration person;
};

Task<Result<Account>> create_in(db::Transaction& transaction, Creation& creation) {
  auto& connection = transaction.connection();
  const auto user = UserId::generate();
  const auto inserted = co_await store::insert_account(connection, user, creation.account.role,
                                                       creation.account.email, creation.person);
  if (!inserted) co_return refuse(inserted.error());
  co_await store::delete_registrations(connection, creation.account.email);
  co_await audit::record(connection, creation.actor, {"user", "create"}, user);
  auto account = co_await store::account(connection, user);
  ENSURE(account.has_value());
  co_return std::move(*account);
}

}  // namespace

Task<Result<Account>> Accounts::me(const Actor& actor, Deadline deadline) {
  ENSURE(actor.user.has_value());
  const auto lease = co_await pool_.acquire(deadline);
  auto account = co_await store::account(*lease, *actor.user);
  if (!account) co_return refuse(not_found());
  co_return shared_.with_ticket(std::move(*account));
}

Task<Result<Account>> Accounts::create(const Actor& actor, const NewAccount& account,
                                       Deadline deadline) {
  if (auto problem = check_password("password", account.password.reveal(), account.email)) {
    co_return refuse(invalid_field(std::move(problem->field), std::move(problem->code),
                                   std::move(problem->message)));
  }
  auto slot = shared_.hasher.admit();
  if (!slot) co_return refuse(std::move(slot.error()));
  Creation creation{
      .actor = actor,
      .account = account,
      .person = {.name = account.name,
                 .password_hash = co_await shared_.hasher.hash(*slot, account.password.reveal()),
                 .phone = {},
                 .locale = "en",
                 .timezone = {}}};
  co_return co_await db::in_transaction(pool_, deadline, &create_in, creation);
}

Task<std::int64_t> Accounts::clean(std::int64_t limit, Deadline deadline) {
  const auto lease = co_await pool_.acquire(deadline);
  co_return co_await store::clean(*lease, limit, shared_.options.lockout.account_failures);
}

}  // namespace frontdesk::accounts

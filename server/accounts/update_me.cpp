#include "accounts/account_store.hpp"
#include "accounts/accounts.hpp"
#include "audit/audit.hpp"
#include "core/ensure.hpp"
#include "core/version.hpp"
#include "db/transaction.hpp"

namespace frontdesk::accounts {
namespace {

struct Call {
  const Actor& actor;
  const AccountChange& change;
  std::optional<std::int64_t> version;
};

Task<Result<Account>> update_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  auto account = co_await store::lock_account(connection, *call.actor.user);
  if (!account) co_return refuse(not_found());
  if (auto stale = check_version(call.version, account->version))
    co_return refuse(std::move(*stale));

  const auto changed = apply(call.change, *account);
  if (changed.empty()) co_return std::move(*account);
  co_await store::update_account(connection, *account);
  co_await audit::record(connection, call.actor, {"user", "update"}, account->id, changed);
  co_return std::move(*account);
}

}  // namespace

Task<Result<Account>> Accounts::update_me(const Actor& actor, const AccountChange& change,
                                          std::optional<std::int64_t> version, Deadline deadline) {
  ENSURE(actor.user.has_value());
  Call call{actor, change, version};
  co_return shared_.with_ticket(co_await db::in_transaction(pool_, deadline, &update_in, call));
}

}  // namespace frontdesk::accounts

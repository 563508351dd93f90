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
  const media::TakenImage* taken;
  std::optional<std::int64_t> version;
};

Task<Result<Account>> set_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  auto account = co_await store::lock_account(connection, *call.actor.user);
  if (!account) co_return refuse(not_found());
  if (auto stale = check_version(call.version, account->version))
    co_return refuse(std::move(*stale));
  if (call.taken == nullptr && !account->avatar) co_return std::move(*account);
  co_await store::set_avatar(connection, *account, call.taken);
  co_await audit::record(connection, call.actor, {"user", "update"}, account->id, {"avatar"});
  co_return std::move(*account);
}

}  // namespace

Task<Result<Account>> Accounts::set_avatar(const Actor& actor, const media::TakenImage* taken,
                                           std::optional<std::int64_t> version, Deadline deadline) {
  ENSURE(actor.user.has_value());
  Call call{actor, taken, version};
  co_return shared_.with_ticket(co_await db::in_transaction(pool_, deadline, &set_in, call));
}

}  // namespace frontdesk::accounts

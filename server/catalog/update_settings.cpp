#include "audit/audit.hpp"
#include "catalog/business_store.hpp"
#include "catalog/catalog.hpp"
#include "core/version.hpp"
#include "db/transaction.hpp"

namespace frontdesk::catalog {
namespace {

struct Call {
  const Actor& actor;
  const SettingsChange& change;
  std::optional<std::int64_t> version;
};

Task<Result<Settings>> update_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  if (call.change.timezone) co_await store::lock_staff(connection);
  auto settings = co_await store::lock_settings(connection);
  if (auto stale = check_version(call.version, settings.version)) {
    co_return refuse(std::move(*stale));
  }
  const auto changed = apply(call.change, settings);
  if (changed.empty()) co_return settings;
  co_await store::update_settings(connection, settings);
  co_await audit::record(connection, call.actor, {"settings", "update"}, {}, changed);
  co_return settings;
}

}  // namespace

Task<Result<Settings>> Catalog::update_settings(const Actor& actor, const SettingsChange& change,
                                                std::optional<std::int64_t> version,
                                                Deadline deadline) {
  Call call{actor, change, version};
  co_return co_await db::in_transaction(pool_, deadline, &update_in, call);
}

}  // namespace frontdesk::catalog

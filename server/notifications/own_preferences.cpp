#include "audit/audit.hpp"
#include "core/ensure.hpp"
#include "core/version.hpp"
#include "db/transaction.hpp"
#include "notifications/own_notifications.hpp"
#include "notifications/preference_store.hpp"

#include <string_view>
#include <utility>
#include <vector>

namespace frontdesk::notifications {
namespace {

struct Replacement {
  const Actor& actor;
  const Preferences& chosen;
  std::optional<std::int64_t> version;
};

std::vector<std::string_view> changed_fields(const Preferences& before, const Preferences& after) {
  std::vector<std::string_view> fields;
  if (before.deviations() != after.deviations()) fields.emplace_back("groups");
  if (before.quiet != after.quiet) fields.emplace_back("quiet_hours");
  return fields;
}

Task<Result<OwnPreferences>> replace_in(db::Transaction& transaction, Replacement& call) {
  auto& connection = transaction.connection();
  const auto user = *call.actor.user;
  if (!co_await store::lock_preferences(connection, user)) co_return refuse(not_found());
  auto own = co_await store::preferences(connection, user);
  if (auto stale = check_version(call.version, own.version)) co_return refuse(std::move(*stale));

  const auto changed = changed_fields(own.chosen, call.chosen);
  if (changed.empty()) co_return std::move(own);
  own.version = co_await store::replace_preferences(connection, user, call.chosen);
  own.chosen = call.chosen;
  co_await audit::record(connection, call.actor, {"user", "update_notifications"}, user, changed);
  co_return std::move(own);
}

}  // namespace

Task<OwnPreferences> OwnNotifications::preferences(const Actor& actor, Deadline deadline) {
  ENSURE(actor.user.has_value());
  auto lease = co_await pool_.acquire(deadline);
  co_return co_await store::preferences(*lease, *actor.user);
}

Task<Result<OwnPreferences>> OwnNotifications::replace_preferences(
    const Actor& actor, const Preferences& chosen, std::optional<std::int64_t> version,
    Deadline deadline) {
  ENSURE(actor.user.has_value());
  Replacement call{actor, chosen, version};
  co_return co_await db::in_transaction(pool_, deadline, &replace_in, call);
}

}  // namespace frontdesk::notifications

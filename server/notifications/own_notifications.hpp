#pragma once

#include "core/actor.hpp"
#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/page.hpp"
#include "core/task.hpp"
#include "db/pool.hpp"
#include "notifications/inbox.hpp"
#include "notifications/preferences.hpp"

#include <cstdint>
#include <optional>

namespace frontdesk::notifications {

/// What somebody who is logged in decides about what they are told, and their list in the app. Each
/// call takes one connection and throws what db::Pool and db::Connection throw. A change is one
/// transaction with its audit entry; one that changes nothing leaves none.
class OwnNotifications {
 public:
  static constexpr std::int64_t most_items = 500;  ///< of a person's list

  /// `pool` must outlive it.
  explicit OwnNotifications(db::Pool& pool) : pool_(pool) {}

  Task<OwnPreferences> preferences(const Actor& actor, Deadline deadline);

  /// Replaces all that the actor has chosen; what changes nothing keeps the version. Refuses with
  /// 412 `stale` where `version` is not the present one (If-Match).
  Task<Result<OwnPreferences>> replace_preferences(const Actor& actor, const Preferences& chosen,
                                                   std::optional<std::int64_t> version,
                                                   Deadline deadline);

  /// The actor's list, newest first.
  Task<InboxPage> inbox(const Actor& actor, bool unread_only, PageRequest<InboxKey> page,
                        Deadline deadline);

  /// The actor has read one of theirs; again changes nothing. Refuses with not_found one that is
  /// absent or somebody else's.
  Task<Result<InboxItem>> mark_read(const Actor& actor, const Uuid& id, Deadline deadline);

  Task<Result<void>> mark_all_read(const Actor& actor, Deadline deadline);

  /// Deletes what is older than 90 days or beyond most_items of its owner, in batches of `limit`,
  /// at most ten of each kind. For the worker, once an hour.
  Task<void> clean(std::int64_t limit, Deadline deadline);

 private:
  db::Pool& pool_;
};

}  // namespace frontdesk::notifications

#pragma once

#include "core/instant.hpp"
#include "core/page.hpp"
#include "core/task.hpp"
#include "core/uuid.hpp"
#include "db/connection.hpp"
#include "notifications/inbox.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace frontdesk::notifications {

/// Adds to somebody's list, as part of the caller's transaction. `id` is made of the event and the
/// person by the caller: what is there already stays as it is. Whose account is gone meanwhile gets
/// nothing.
void add_to_inbox(db::Batch& batch, const Uuid& id, const UserId& user, std::string_view event,
                  std::string_view title, std::string_view text,
                  std::optional<AppointmentId> appointment);

/// The list in the app: with the other stores the only place that names SQL.
namespace store {

/// Newest first, of this person alone (R16).
Task<InboxPage> list_inbox(db::Connection& connection, const UserId& user, bool unread_only,
                           const PageRequest<InboxKey>& page);

/// Nothing where it is absent or somebody else's.
Task<std::optional<InboxItem>> find_inbox_item(db::Connection& connection, const UserId& user,
                                               const Uuid& id);

/// False where there is no such unread one.
Task<bool> mark_read(db::Connection& connection, const UserId& user, const Uuid& id);

/// How many that were.
Task<std::int64_t> mark_all_read(db::Connection& connection, const UserId& user);

/// Deletes at most `limit` that are older than 90 days, or beyond the 500 newest of their owner;
/// how many.
Task<std::int64_t> delete_old_inbox_items(db::Connection& connection, std::int64_t limit);
Task<std::int64_t> delete_surplus_inbox_items(db::Connection& connection, std::int64_t limit);

}  // namespace store
}  // namespace frontdesk::notifications

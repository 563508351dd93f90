#include "notifications/recipient.hpp"

#include "notifications/preference_store.hpp"

namespace frontdesk::notifications {

Task<std::optional<Recipient>> find_recipient(db::Connection& connection, const UserId& id,
                                              Group group) {
  co_return co_await store::find_recipient(connection, id, group);
}

}  // namespace frontdesk::notifications

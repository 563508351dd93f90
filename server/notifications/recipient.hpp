#pragma once

#include "core/task.hpp"
#include "core/uuid.hpp"
#include "db/connection.hpp"
#include "notifications/preferences.hpp"

#include <optional>
#include <string>

namespace frontdesk::notifications {

/// Where and how somebody is told of a group of events.
struct Recipient {
  UserId id;
  std::string name;
  std::string email;
  std::optional<std::string> phone = {};  ///< E.164; only one that its owner has verified
  std::string locale;                     ///< BCP 47; empty: the business's
  Wants wants = {};                       ///< of the group that was asked for
  std::optional<QuietHours> quiet = {};
};

/// What the sender of a message of `group` must know of its recipient; nothing where there is no
/// such account, or it is disabled. Throws what db::Connection throws.
Task<std::optional<Recipient>> find_recipient(db::Connection& connection, const UserId& id,
                                              Group group);

}  // namespace frontdesk::notifications

#pragma once

#include "core/task.hpp"
#include "core/uuid.hpp"
#include "db/connection.hpp"
#include "notifications/events.hpp"
#include "notifications/quiet_hours.hpp"

#include <array>
#include <optional>
#include <string>

namespace frontdesk::notifications {

/// Somebody with an account, as far as messages need to know.
struct Recipient {
  UserId id;
  std::string name;
  std::string email;
  std::optional<std::string> phone;       ///< E.164; a verified one only
  std::string locale;                     ///< BCP 47; empty: the business's
  std::array<bool, channel_count> wants;  ///< by Channel, for the group that was asked for
  std::optional<QuietHours> quiet;
};

/// Whoever has the account, and over which channels they want what `group` holds; nothing where
/// there is no such account, or it is disabled.
Task<std::optional<Recipient>> find_recipient(db::Connection& connection, const UserId& user,
                                              Group group);

}  // namespace frontdesk::notifications

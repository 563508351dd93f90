#pragma once

#include "core/permission.hpp"
#include "core/uuid.hpp"

#include <optional>
#include <string>

namespace frontdesk {

/// Who asks, and how the audit log will name the request. Made by the HTTP session from the
/// verified token alone (R10); never from a body.
struct Actor {
  std::optional<UserId> user;         ///< nobody is logged in: empty
  std::optional<SessionId> session;   ///< set together with user
  std::optional<StaffId> staff = {};  ///< the member of staff whose login this is
  PermissionSet permissions;
  std::string address;  ///< client address, after trusted proxies (R21)
  std::string request_id;

  [[nodiscard]] bool may(Permission permission) const { return permissions.contains(permission); }
};

}  // namespace frontdesk

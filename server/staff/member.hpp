#pragma once

#include "core/uuid.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::staff {

/// Somebody who can be booked.
struct Member {
  StaffId id;
  std::optional<UserId> user;  ///< whose login sees their calendar; not for the public
  std::string name;
  std::string title;  ///< `Senior stylist`
  std::string bio;
  bool active;
  std::int32_t position;
  std::vector<ServiceId> services;  ///< active ones that the member does
  std::int64_t version;
};

/// Somebody who is to be one of the staff, as the last in the business's order.
struct NewMember {
  std::string name;
  std::string title = {};
  std::string bio = {};
  std::optional<UserId> user = {};
  std::vector<ServiceId> services = {};
};

/// What is to change of a member; nothing leaves a field as it is.
struct MemberChange {
  std::optional<std::string> name = {};
  std::optional<std::string> title = {};
  std::optional<std::string> bio = {};
  std::optional<std::optional<UserId>> user = {};  ///< an inner nothing takes the login away
  std::optional<bool> active = {};                 ///< false: has left; true: is back
};

/// Changes a member; the names of the fields that are now different, as the API calls them.
std::vector<std::string_view> apply(const MemberChange& change, Member& member);

}  // namespace frontdesk::staff

#pragma once

#include "core/permission.hpp"
#include "core/task.hpp"
#include "core/uuid.hpp"
#include "db/connection.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Roles and what they may do (api.md, R15-R17).
namespace frontdesk::access {

/// The roles that every installation has, with the same ids (migrations/0001_access.sql).
enum class SystemRole : std::uint8_t { admin = 1, manager = 2, staff = 3, customer = 4 };
inline constexpr std::array system_roles{SystemRole::admin, SystemRole::manager, SystemRole::staff,
                                         SystemRole::customer};

RoleId id_of(SystemRole role);
std::string_view name_of(SystemRole role);

/// What a system role may do in a fresh installation: the permission matrix. Staff see and manage
/// the appointments assigned to them, customers their own; neither needs a permission for that.
PermissionSet permissions_of(SystemRole role);

/// The set with these ids of the table permissions. An id that this version does not know grants
/// nothing.
PermissionSet permissions_from_ids(std::span<const std::int16_t> ids);

/// The permissions of a set in the order of Permission, as answers list them.
std::vector<Permission> list(PermissionSet permissions);

struct Role {
  RoleId id;
  std::string name;
  bool is_system = false;
  PermissionSet permissions;
};

/// Every role, by id. Throws what db::Connection throws.
Task<std::vector<Role>> roles(db::Connection& connection);

}  // namespace frontdesk::access

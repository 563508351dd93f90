#include "access/access.hpp"

#include "access/statements.hpp"

namespace frontdesk::access {

RoleId id_of(SystemRole role) {
  Uuid uuid;
  uuid.bytes[6] = 0x70;
  uuid.bytes[8] = 0x80;
  uuid.bytes[15] = static_cast<std::uint8_t>(role);
  return RoleId(uuid);
}

std::string_view name_of(SystemRole role) {
  switch (role) {
    case SystemRole::admin:
      return "admin";
    case SystemRole::manager:
      return "manager";
    case SystemRole::staff:
      return "staff";
    case SystemRole::customer:
      return "customer";
  }
  return "";
}

PermissionSet permissions_of(SystemRole role) {
  PermissionSet permissions;
  if (role != SystemRole::admin && role != SystemRole::manager) return permissions;
  for (int i = 0; i < permission_count; ++i) {
    const auto permission = static_cast<Permission>(i);
    const bool admins_only =
        permission == Permission::roles_manage || permission == Permission::users_manage ||
        permission == Permission::audit_read || permission == Permission::settings_manage;
    if (role == SystemRole::admin || !admins_only) permissions.insert(permission);
  }
  return permissions;
}

PermissionSet permissions_from_ids(std::span<const std::int16_t> ids) {
  PermissionSet permissions;
  for (const auto id : ids) {
    if (id >= 0 && id < permission_count) permissions.insert(static_cast<Permission>(id));
  }
  return permissions;
}

std::vector<Permission> list(PermissionSet permissions) {
  std::vector<Permission> listed;
  for (int i = 0; i < permission_count; ++i) {
    const auto permission = static_cast<Permission>(i);
    if (permissions.contains(permission)) listed.push_back(permission);
  }
  return listed;
}

Task<std::vector<Role>> roles(db::Connection& connection) {
  const auto rows = co_await connection.execute(sql::list_roles);
  std::vector<Role> found;
  for (const db::Row row : rows) {
    found.push_back({.id = row.get<RoleId>(0),
                     .name = row.get<std::string>(1),
                     .is_system = row.get<bool>(2),
                     .permissions = permissions_from_ids(row.get<std::vector<std::int16_t>>(3))});
  }
  co_return found;
}

}  // namespace frontdesk::access

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace frontdesk {

/// The permission slugs of api.md, `thing.verb`.
enum class Permission : std::uint8_t {
  users_read,
  users_manage,
  roles_read,
  roles_manage,
  services_manage,
  staff_manage,
  appointments_read_all,
  appointments_manage,
  gallery_manage,
  settings_manage,
  reports_read,
  audit_read,
  notifications_send,
};
inline constexpr int permission_count = 13;

/// `appointments.read_all`; the same text as permissions.slug in the database.
std::string_view slug_of(Permission permission);

/// The permission with this slug, nullopt for an unknown one.
std::optional<Permission> permission_from_slug(std::string_view slug);

/// A set of permissions, one bit each.
class PermissionSet {
 public:
  void insert(Permission permission) { bits_ |= bit(permission); }
  [[nodiscard]] bool contains(Permission permission) const {
    return (bits_ & bit(permission)) != 0;
  }
  /// Whether it contains each of `others`.
  [[nodiscard]] bool includes(PermissionSet others) const { return (others.bits_ & ~bits_) == 0; }
  friend bool operator==(const PermissionSet&, const PermissionSet&) = default;

 private:
  static std::uint32_t bit(Permission permission) {
    return std::uint32_t{1} << static_cast<unsigned>(permission);
  }
  std::uint32_t bits_ = 0;
};

}  // namespace frontdesk

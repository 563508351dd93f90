#include "core/permission.hpp"

#include <array>

namespace frontdesk {
namespace {

constexpr std::array<std::string_view, permission_count> slugs{"users.read",
                                                               "users.manage",
                                                               "roles.read",
                                                               "roles.manage",
                                                               "services.manage",
                                                               "staff.manage",
                                                               "appointments.read_all",
                                                               "appointments.manage",
                                                               "gallery.manage",
                                                               "settings.manage",
                                                               "reports.read",
                                                               "audit.read",
                                                               "notifications.send"};

}  // namespace

std::string_view slug_of(Permission permission) {
  return slugs[static_cast<std::size_t>(permission)];
}

std::optional<Permission> permission_from_slug(std::string_view slug) {
  for (std::size_t i = 0; i < slugs.size(); ++i) {
    if (slugs[i] == slug) return static_cast<Permission>(i);
  }
  return std::nullopt;
}

}  // namespace frontdesk

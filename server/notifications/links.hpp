#pragma once

#include "core/uuid.hpp"

#include <string>

#include <fmt/format.h>

namespace frontdesk::notifications {

/// Where messages lead: pages of the web apps under the configured public origin (R09), which has
/// no slash at its end.
struct Links {
  std::string origin;

  [[nodiscard]] std::string booking() const { return origin + "/"; }
  [[nodiscard]] std::string appointment(const AppointmentId& id) const {
    return fmt::format("{}/appointments?id={}", origin, id.to_string());
  }
  [[nodiscard]] std::string preferences() const { return origin + "/preferences"; }
  [[nodiscard]] std::string calendar() const { return origin + "/admin/calendar"; }
};

}  // namespace frontdesk::notifications

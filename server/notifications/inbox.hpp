#pragma once

#include "core/instant.hpp"
#include "core/page.hpp"
#include "core/uuid.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace frontdesk::notifications {

/// One line of the list in the app.
struct InboxItem {
  Uuid id;
  std::string event;  ///< `appointment.booked`
  std::string title;
  std::string text;
  std::optional<AppointmentId> appointment = {};
  Instant created_at;
  std::optional<Instant> read_at = {};
};

/// Where a page of the list goes on.
struct InboxKey {
  Instant created_at;
  Uuid id;
};

struct InboxPage {
  Page<InboxItem> page;
  std::int64_t unread = 0;  ///< of the whole list
};

}  // namespace frontdesk::notifications

#include "notifications/reminding.hpp"

namespace frontdesk::notifications {

Reminding remind(const std::optional<QuietHours>& quiet, const Zone& zone, Instant now,
                 Instant start) {
  if (!quiet) return {};
  const Instant allowed = next_allowed(now, *quiet, zone);
  if (allowed == now) return {};
  if (allowed < start) return {.put_off_until = allowed};
  return {.by_mail_only = true};
}

}  // namespace frontdesk::notifications

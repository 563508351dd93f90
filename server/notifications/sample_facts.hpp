#pragma once

#include "notifications/events.hpp"

namespace frontdesk::notifications {

/// Invented facts for every fact that `event` may have, those that may be absent too: for previews
/// and for tests.
Facts sample_facts(const Event& event);

}  // namespace frontdesk::notifications

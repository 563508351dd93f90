#pragma once

#include "core/deadline.hpp"
#include "core/task.hpp"
#include "db/pool.hpp"
#include "queue/outbox.hpp"
#include "webhooks/delivery_store.hpp"

#include <cstdint>
#include <string>

namespace frontdesk::webhooks {

/// What follows from a call, beside its record.
struct Consequences {
  bool is_gone = false;              ///< it wants no calls any more: it is switched off
  std::int32_t days_until_disabled;  ///< of failure without one success
  std::string site_link;             ///< for those who are told that it was switched off
};

/// Writes down how a call ended, and switches the endpoint off where that follows: one transaction,
/// with the audit entry, and for one that failed for days the event `webhook.disabled`. Nothing
/// where the endpoint has gone meanwhile. Throws what db::Pool and db::Connection throw.
Task<void> record_attempt(db::Pool& pool, const queue::Outbox& outbox,
                          const store::Attempt& attempt, const Consequences& consequences,
                          Deadline deadline);

}  // namespace frontdesk::webhooks

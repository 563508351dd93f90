#pragma once

#include "core/actor.hpp"
#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/page.hpp"
#include "core/task.hpp"
#include "db/pool.hpp"
#include "notifications/device.hpp"
#include "notifications/devices.hpp"
#include "notifications/dispatcher.hpp"
#include "notifications/events.hpp"
#include "notifications/facts.hpp"
#include "notifications/language.hpp"
#include "notifications/own_notifications.hpp"
#include "notifications/push_hosts.hpp"
#include "notifications/renderer.hpp"
#include "notifications/sample_facts.hpp"
#include "notifications/sms.hpp"
#include "notifications/templates.hpp"
#include "queue/bell.hpp"
#include "queue/entries.hpp"

#include <cstdint>

/// What people are told, over which channels, in which words.
namespace frontdesk::notifications {

/// What those who answer for the messages can do about them. Each call takes one connection and
/// throws what db::Pool and db::Connection throw; the route has made sure of the permission. A
/// change is one transaction with its audit entry.
class Notifications {
 public:
  /// All must outlive it. `bell`, if any, is rung when a message is to leave again.
  Notifications(db::Pool& pool, const DataKey& key, queue::Bell* bell = nullptr)
      : pool_(pool), key_(key), bell_(bell) {}

  /// Messages newest first, with the recipient masked. The sort key is the sequence.
  Task<Page<queue::Entry>> outbox(const queue::EntryFilter& filter, PageRequest<std::int64_t> page,
                                  Deadline deadline);

  /// Has a message that waits or was given up leave now. Refuses an absent id with not_found, and
  /// with 409 one that has been delivered (`already_delivered`), is being sent (`being_sent`) or
  /// was given up by the service that it had been handed to (`already_wiped`).
  Task<Result<queue::Entry>> retry(const Actor& actor, const Uuid& id, Deadline deadline);

  /// Has the agendas of members of staff leave in time (see plan_agendas); how many were added. For
  /// every worker, once an hour.
  Task<std::int64_t> plan_agendas(Deadline deadline);

  /// Deletes at most `limit` notes of SMS that no limit counts any more. For the worker, once an
  /// hour.
  Task<void> clean(std::int64_t limit, Deadline deadline);

  /// Takes a message away that waits or was given up: nobody gets it. Refuses what retry() refuses,
  /// but for `already_wiped`.
  Task<Result<void>> discard(const Actor& actor, const Uuid& id, Deadline deadline);

 private:
  db::Pool& pool_;
  const DataKey& key_;
  queue::Bell* bell_;
};

}  // namespace frontdesk::notifications

#pragma once

#include "core/seal.hpp"
#include "notifications/telling.hpp"
#include "queue/outbox.hpp"

#include <optional>

/// Reminders: events that leave a while before the appointment. When one is due the appointment is
/// looked at, so that nothing has to be found and moved when it changes.
namespace frontdesk::notifications {

/// Adds the reminders of an appointment that has been agreed on at its updated_at, those that lay
/// ahead then; of those that have fallen due since, the last. They
/// are named by appointment, start and offset: the same start has the same ones, however it came
/// back.
void add_reminders(db::Batch& batch, const queue::Outbox& outbox, const DataKey& key,
                   const appointments::Appointment& appointment,
                   const store::BusinessRow& business);

/// Whether a reminder of the start `starts_at` has nothing to say any more: the appointment has
/// moved, is not confirmed or has begun.
bool is_stale(const store::Reminded& reminded, Instant starts_at, Instant now);

/// A reminder that is due: nothing where the appointment has moved, is not confirmed or has begun
/// meanwhile. In the reader's quiet hours it is put off until they end, by one more event in
/// `batch`; if that is too late, it is told at once, by mail alone. Refuses with `facts_incomplete`
/// one that does not say its start.
Task<Result<std::vector<Telling>>> due_reminders(db::Connection& connection, db::Batch& batch,
                                                 const queue::Outbox& outbox, const DataKey& key,
                                                 const Dispatch& dispatch,
                                                 const store::BusinessRow& business);

}  // namespace frontdesk::notifications

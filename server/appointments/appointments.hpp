#pragma once

#include "appointments/appointment.hpp"
#include "appointments/calendar.hpp"
#include "appointments/idempotency.hpp"
#include "appointments/view.hpp"
#include "core/actor.hpp"
#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/page.hpp"
#include "core/task.hpp"
#include "db/pool.hpp"
#include "queue/outbox.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

/// The façade of the feature. Every method throws what db::Pool and db::Connection throw; a refusal
/// is a value.
namespace frontdesk::appointments {

/// A wall time of the business's zone.
struct WallTime {
  LocalDate date;
  LocalTime time;
};

/// When an appointment is to start (R60).
using Start = std::variant<WallTime, Instant>;

struct Booking {
  ServiceId service;
  std::optional<StaffId> staff = {};  ///< nobody: anyone, the least loaded free member of the day
  Start start;
  std::string notes = {};
  std::int32_t party_size = 1;
  std::optional<UserId> user = {};  ///< for whom, only with appointments.manage; nobody: the caller
  std::optional<WalkIn> walk_in = {};  ///< for whom in place of a user
  bool override_rules = false;         ///< outside hours and notice, only with appointments.manage
};

struct Move {
  Start start;
  std::optional<StaffId> staff = {};  ///< nobody: who has it now
  bool override_rules = false;        ///< outside hours and notice, only with appointments.manage
};

/// Which appointment is to change, and which version of it the caller has seen (If-Match).
struct Target {
  AppointmentId id;
  std::optional<std::int64_t> version = {};
};

enum class Order : std::uint8_t { earliest_start, latest_start, newest_booking };

/// Sort key of a list: the start or the creation, as Order says, then the id.
struct ListKey {
  Instant at;
  AppointmentId id;
};

/// Which appointments; every field narrows the list.
struct Filter {
  std::vector<Status> statuses = {};   ///< one of these; none: any
  std::optional<LocalDate> from = {};  ///< first local date
  std::optional<LocalDate> to = {};    ///< last local date, included
  std::optional<StaffId> staff = {};
  std::optional<ServiceId> service = {};
  std::optional<UserId> user = {};
  /// In the notes or a name, or the customer's e-mail address or phone number; in any case. Those
  /// of an account are found by a piece only for who may read them (users.read, or their own), and
  /// otherwise by all of it.
  std::optional<std::string> text = {};
};

/// Bookings, from the wish to the last transition.
///
/// Writes are one READ COMMITTED transaction each and take advisory locks in the order that
/// migrations/0004_appointments.sql fixes (R52). The keyed ones answer a repetition of the request
/// with the first answer (R51), refuse one that is still under way with 409 `request_in_progress`
/// and a key that came with another request with 422 `idempotency_key_reused`. When the connection
/// breaks at COMMIT the outcome is looked up before anything is said (R56).
///
/// An appointment that the caller may not see is refused as not_found (R16). A stale version is
/// refused with 412 `stale`, what the status does not allow with 409 `invalid_transition`.
class Appointments {
 public:
  /// Both must outlive it.
  Appointments(db::Pool& pool, const queue::Outbox& outbox) : pool_(pool), outbox_(outbox) {}

  /// Books (R50 to R57). Price, duration, end, status and currency are the service's and the
  /// business's. The caller is logged in (ENSURE). Refuses with 409 `slot_taken` and
  /// details.alternatives, 422 `outside_working_hours`, `off_grid`, `too_soon`, `too_far`,
  /// `in_the_past`, `ambiguous_time`, `nonexistent_time`, `service_inactive`, `customer_limit`
  /// (R22, not for those with appointments.manage nor for walk-ins), 422 for ids that name nothing.
  /// Only with appointments.manage, 403 otherwise: for a user, with `override_rules`, and for a
  /// walk-in, which a member of staff may also book with themselves (and with nobody named, does).
  Task<Result<Answer>> book(Actor actor, Booking booking, std::optional<IdempotencyKey> key,
                            Deadline deadline);

  /// Pending becomes confirmed. For appointments.manage and for the assigned staff member.
  Task<Result<Answer>> confirm(Actor actor, Target target, std::optional<IdempotencyKey> key,
                               Deadline deadline);

  /// Confirmed becomes completed, from the start on: 422 `too_early` before it. What is left of its
  /// time is free again. For whom confirm() is.
  Task<Result<Answer>> complete(Actor actor, Target target, std::optional<IdempotencyKey> key,
                                Deadline deadline);

  /// The same for a customer who did not come.
  Task<Result<Answer>> mark_no_show(Actor actor, Target target, std::optional<IdempotencyKey> key,
                                    Deadline deadline);

  /// Cancelled, completed and missed ones become confirmed again and take their time again, in the
  /// past too, whatever the hours say now, but never over another booking: 409 `slot_taken` with
  /// details.alternatives. Seats of a class are taken in the session that runs at its time. For
  /// whom confirm() is.
  Task<Result<Answer>> reopen(Actor actor, Target target, std::optional<IdempotencyKey> key,
                              Deadline deadline);

  /// Frees the time. Customers until `cancel_notice` before the start: 422 `cancellation_deadline`.
  Task<Result<Answer>> cancel(Actor actor, Target target, std::optional<std::string> reason,
                              std::optional<IdempotencyKey> key, Deadline deadline);

  /// Moves to another start or member, all or nothing; it may overlap its own old time. Duration
  /// and buffers are the service's of now, price and status stay. To where it is already: nothing
  /// changes. Refuses what book refuses but caps, and what cancel refuses; with 403, without
  /// appointments.manage: `override_rules`, and another member where it is not the caller's own.
  Task<Result<Answer>> reschedule(Actor actor, Target target, Move move,
                                  std::optional<IdempotencyKey> key, Deadline deadline);

  /// Replaces the notes. Customers, the assigned staff member, appointments.manage.
  Task<Result<Answer>> change_notes(Actor actor, Target target, std::string notes,
                                    Deadline deadline);

  Task<Result<Appointment>> find(Actor actor, AppointmentId id, Deadline deadline);

  /// What find() finds, as an iCalendar object (RFC 5545).
  Task<Result<std::string>> calendar(Actor actor, AppointmentId id, Deadline deadline);

  /// The caller's own and those assigned to them; everyone's with appointments.read_all or
  /// appointments.manage. Among everyone's a text is refused with 422, `too_broad` on `q`, when
  /// more than 1,000 customers match, or more than 1,000 appointments in their notes or walk-ins.
  Task<Result<Page<Appointment>>> list(Actor actor, Filter filter, Order order,
                                       PageRequest<ListKey> page, Deadline deadline);

  /// Deletes at most 1,000 answers that are a day old (R51); how many. For the worker.
  Task<std::int64_t> forget_old_answers(Deadline deadline);

 private:
  db::Pool& pool_;
  const queue::Outbox& outbox_;
};

}  // namespace frontdesk::appointments

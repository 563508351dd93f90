#pragma once

#include "appointments/appointments.hpp"
#include "appointments/event.hpp"
#include "appointments/store.hpp"
#include "audit/audit.hpp"
#include "db/transaction.hpp"

#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <utility>

/// What the use cases that write have in common: the key at the start, the records at the end, and
/// the look-up when COMMIT went unanswered. Internal to the feature.
namespace frontdesk::appointments {

/// An answer on its way to COMMIT.
struct Pending {
  AppointmentId appointment;
  bool is_new;  ///< the appointment exists if and only if COMMIT stands
  Answer answer;
};

/// What a use case carries through its transaction.
struct Context {
  const Actor& actor;
  const queue::Outbox& outbox;
  const std::optional<IdempotencyKey>& key;
  std::optional<Pending> pending = {};  ///< set before COMMIT is sent

  [[nodiscard]] UserId user() const;  ///< the caller is logged in (ENSURE)
};

/// How the caller is tied to an appointment that they hold.
Relation relation_of(const Context& context, const store::Held& held);

/// Takes the locks of the member who has the appointment and of `other`, who is to get it, then the
/// appointment itself (R52). Refuses what the caller may not see with not_found, and as stale what
/// went to another member before the locks were there.
Task<Result<store::Held>> hold_with_staff(db::Transaction& transaction, const Context& context,
                                          AppointmentId id,
                                          const std::optional<StaffId>& other = std::nullopt);

/// The first thing in a transaction: claims the key, if there is one. An answer where the request
/// was answered before; refuses with 409 `request_in_progress` or 422 `idempotency_key_reused`.
Task<Result<std::optional<Answer>>> claim_or_repeat(db::Transaction& transaction,
                                                    const Context& context);

/// What finish() writes down beside the change itself.
struct Record {
  std::int16_t status;                          ///< of the HTTP answer
  std::optional<Event> event = {};              ///< whoever it concerns is told
  std::optional<Before> before = {};            ///< of a move
  std::string action = {};                      ///< of the audit entry
  std::optional<std::int32_t> seats_left = {};  ///< of a class, said in the answer
  boost::json::object details = {};             ///< of the audit entry
};

/// The last thing in a transaction: adds event, audit entry and kept answer to the change, and
/// commits all of it in one round trip. `appointment` is as it is after the change.
Task<Result<Answer>> finish(db::Transaction& transaction, Context& context, db::Batch change,
                            const Appointment& appointment, const Record& record);

/// The last thing where nothing is to change: keeps the answer under the key, so that a repetition
/// changes nothing either.
Task<Result<Answer>> finish_unchanged(db::Transaction& transaction, Context& context,
                                      const Appointment& appointment);

/// After a lost COMMIT (R56): the answer where it stands, otherwise throws `fault` again (503).
Task<Result<Answer>> settle(db::Pool& pool, Deadline deadline, const Context& context,
                            std::exception_ptr fault);

/// Writes a refusal for want of permission into the audit log (R73); other results pass through.
Task<void> audit_denial(db::Pool& pool, Deadline deadline, const Actor& actor,
                        const Result<Answer>& result, const std::string& action,
                        std::optional<AppointmentId> subject);

/// Runs `use_case(transaction, context, arguments…)` in a transaction and settles a lost COMMIT.
template <class F, class... Arguments>
Task<Result<Answer>> run(db::Pool& pool, Deadline deadline, F use_case, Context& context,
                         Arguments&... arguments) {
  std::exception_ptr fault;
  try {
    co_return co_await db::in_transaction(pool, deadline, use_case, context, arguments...);
  } catch (const db::CommitUnknown&) {
    fault = std::current_exception();
  }
  co_return co_await settle(pool, deadline, context, std::move(fault));
}

}  // namespace frontdesk::appointments

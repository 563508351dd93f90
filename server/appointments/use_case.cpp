#include "appointments/use_case.hpp"

#include "appointments/view.hpp"
#include "core/ensure.hpp"
#include "core/version.hpp"

#include <algorithm>
#include <chrono>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace frontdesk::appointments {
namespace {

// A PostgreSQL that was killed is back after about a second.
constexpr int settle_tries = 5;
constexpr std::chrono::milliseconds settle_pause_first{100};

/// The answer where COMMIT stands; nothing where it cannot be told.
Task<std::optional<Answer>> look_up(db::Pool& pool, Deadline deadline, const Context& context) {
  auto lease = co_await pool.acquire(deadline);
  if (context.key) {
    auto kept = co_await store::find_answer(*lease, context.user(), *context.key);
    if (kept && kept->fingerprint == context.key->fingerprint) co_return std::move(kept->answer);
  } else if (context.pending->is_new &&
             co_await store::exists(*lease, context.pending->appointment)) {
    co_return context.pending->answer;
  }
  co_return std::nullopt;
}

Task<void> pause(std::chrono::milliseconds duration) {
  asio::steady_timer timer(co_await asio::this_coro::executor, duration);
  co_await timer.async_wait(asio::use_awaitable_t<Executor>{});
}

}  // namespace

UserId Context::user() const {
  ENSURE(actor.user.has_value());
  return *actor.user;
}

Relation relation_of(const Context& context, const store::Held& held) {
  if (held.is_assigned || context.actor.may(Permission::appointments_manage)) {
    return Relation::business;
  }
  return held.is_own ? Relation::customer : Relation::observer;
}

Task<Result<store::Held>> hold_with_staff(db::Transaction& transaction, const Context& context,
                                          AppointmentId id, const std::optional<StaffId>& other) {
  const auto viewer = store::Viewer::of(context.actor);
  const auto assignment = co_await store::assignment_of(transaction, viewer, id);
  if (!assignment) co_return refuse(not_found());
  co_await store::lock_staff(transaction, {assignment->staff, other.value_or(assignment->staff)});
  auto held = co_await store::hold(transaction, viewer, id);
  if (!held) co_return refuse(not_found());
  if (held->appointment.staff.id != assignment->staff) {
    co_return refuse(*check_version(held->appointment.version - 1, held->appointment.version));
  }
  co_return std::move(*held);
}

Task<Result<std::optional<Answer>>> claim_or_repeat(db::Transaction& transaction,
                                                    const Context& context) {
  if (!context.key) co_return std::nullopt;
  auto claim = co_await store::claim_key(transaction, context.user(), *context.key);
  if (claim.kept) {
    auto answer =
        repeat(context.key->fingerprint, claim.kept->fingerprint, std::move(claim.kept->answer));
    if (!answer) co_return refuse(std::move(answer.error()));
    co_return std::move(*answer);
  }
  if (!claim.granted) co_return refuse(request_in_progress());
  co_return std::nullopt;
}

Task<Result<Answer>> finish(db::Transaction& transaction, Context& context, db::Batch change,
                            const Appointment& appointment, const Record& record) {
  Answer answer{.status = record.status, .data = to_json(appointment, record.seats_left)};
  if (record.event) {
    context.outbox.enqueue(change, event_message(*record.event, appointment, answer.data,
                                                 context.actor.user, record.before));
  }
  audit::record(change, context.actor,
                audit::Entry{.action = record.action,
                             .subject_type = "appointment",
                             .subject_id = appointment.id,
                             .details = record.details});
  if (context.key) store::add_answer(change, context.user(), *context.key, answer);
  context.pending = Pending{
      .appointment = appointment.id, .is_new = record.event == Event::booked, .answer = answer};
  auto committed = co_await store::commit(transaction, std::move(change));
  if (!committed) co_return refuse(std::move(committed.error()));
  co_return answer;
}

Task<Result<Answer>> finish_unchanged(db::Transaction& transaction, Context& context,
                                      const Appointment& appointment) {
  Answer answer{.status = 200, .data = to_json(appointment)};
  if (!context.key) co_return answer;
  context.pending = Pending{.appointment = appointment.id, .is_new = false, .answer = answer};
  db::Batch batch;
  store::add_answer(batch, context.user(), *context.key, answer);
  auto committed = co_await store::commit(transaction, std::move(batch));
  if (!committed) co_return refuse(std::move(committed.error()));
  co_return answer;
}

Task<Result<Answer>> settle(db::Pool& pool, Deadline deadline, const Context& context,
                            std::exception_ptr fault) {
  ENSURE(context.pending.has_value());
  auto wait = settle_pause_first;
  for (int tries = 1; tries <= settle_tries; ++tries) {
    try {
      if (auto answer = co_await look_up(pool, deadline, context)) co_return std::move(*answer);
      break;
    } catch (const Fault&) {
      // PostgreSQL is still away; the next try may find it back.
    }
    if (std::chrono::steady_clock::now() + wait >= deadline) break;
    co_await pause(wait);
    wait *= 2;
  }
  std::rethrow_exception(fault);
}

Task<void> audit_denial(db::Pool& pool, Deadline deadline, const Actor& actor,
                        const Result<Answer>& result, const std::string& action,
                        std::optional<AppointmentId> subject) {
  if (result || result.error().kind != ErrorKind::forbidden) co_return;
  auto lease = co_await pool.acquire(deadline);
  co_await audit::record(*lease, actor,
                         audit::Entry{.action = action,
                                      .subject_type = "appointment",
                                      .subject_id = subject,
                                      .outcome = "refused"});
}

}  // namespace frontdesk::appointments

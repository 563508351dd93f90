#include "appointments/use_case.hpp"
#include "core/version.hpp"

#include <utility>

namespace frontdesk::appointments {
namespace {

/// What the changes that are a single transition differ in.
struct Step {
  Transition transition;
  Event event;
  std::string action;
  std::optional<std::string> reason = {};  ///< of a cancellation
};

/// How often an appointment is looked for that goes to another member before their lock is there. A
/// caller who names no version means it wherever it is.
constexpr int most_tries = 3;

/// Everything that can be said against a transition, in the order in which it is said.
Result<Status> judge(const Context& context, const Target& target, const store::Held& held,
                     Transition transition) {
  const Relation relation = relation_of(context, held);
  if (auto refusal = check_permitted(relation, transition)) return refuse(std::move(*refusal));
  if (auto refusal = check_version(target.version, held.appointment.version)) {
    return refuse(std::move(*refusal));
  }
  auto status = after(held.appointment.status, transition);
  if (!status) return status;
  const Instant starts_at = held.appointment.starts_at;
  if (auto refusal = check_begun(transition, starts_at, held.now)) {
    return refuse(std::move(*refusal));
  }
  if (auto refusal = check_deadline(relation, starts_at, held.cancel_notice, held.now)) {
    return refuse(std::move(*refusal));
  }
  return status;
}

/// All but a confirmation gives time back: that changes the member's time, and wants their lock
/// first (R52).
Task<Result<store::Held>> hold_for(db::Transaction& transaction, const Context& context,
                                   const Target& target, Transition transition) {
  if (transition != Transition::confirm) {
    co_return co_await hold_with_staff(transaction, context, target.id);
  }
  auto held = co_await store::hold(transaction, store::Viewer::of(context.actor), target.id);
  if (!held) co_return refuse(not_found());
  co_return std::move(*held);
}

Task<Result<Answer>> step_in(db::Transaction& transaction, Context& context, const Target& target,
                             const Step& step) {
  auto earlier = co_await claim_or_repeat(transaction, context);
  if (!earlier) co_return refuse(std::move(earlier.error()));
  if (*earlier) co_return std::move(**earlier);

  const auto held = co_await hold_for(transaction, context, target, step.transition);
  if (!held) co_return refuse(held.error());
  const auto status = judge(context, target, *held, step.transition);
  if (!status) co_return refuse(status.error());

  Appointment appointment = held->appointment;
  appointment.status = *status;
  if (step.reason) appointment.cancel_reason = step.reason;
  appointment.updated_at = held->now;
  ++appointment.version;

  db::Batch change;
  store::add_status(change, appointment);
  if (!occupies(*status)) {
    store::add_release(change, held->occupation, appointment.party_size);
  }
  co_return co_await finish(
      transaction, context, std::move(change), appointment,
      {.status = 200,
       .event = step.event,
       .action = step.action,
       .details = {{"from", slug_of(held->appointment.status)}, {"to", slug_of(*status)}}});
}

Task<Result<Answer>> change_notes_in(db::Transaction& transaction, Context& context,
                                     const Target& target, const std::string& notes) {
  const auto held = co_await store::hold(transaction, store::Viewer::of(context.actor), target.id);
  if (!held) co_return refuse(not_found());
  if (relation_of(context, *held) == Relation::observer) {
    co_return refuse(*check_permitted(Relation::observer, Transition::cancel));
  }
  if (auto refusal = check_version(target.version, held->appointment.version)) {
    co_return refuse(std::move(*refusal));
  }
  Appointment appointment = held->appointment;
  appointment.notes = notes;
  appointment.updated_at = held->now;
  ++appointment.version;

  db::Batch change;
  store::add_notes(change, appointment);
  co_return co_await finish(transaction, context, std::move(change), appointment,
                            {.status = 200,
                             .action = "appointment.update",
                             .details = {{"fields", boost::json::array{"notes"}}}});
}

Task<Result<Answer>> take(db::Pool& pool, Deadline deadline, Context& context, const Target& target,
                          const Step& step) {
  auto result = co_await run(pool, deadline, &step_in, context, target, step);
  for (int tries = 1; tries < most_tries && !result && !target.version; ++tries) {
    if (result.error().code != "stale") break;
    result = co_await run(pool, deadline, &step_in, context, target, step);
  }
  co_await audit_denial(pool, deadline, context.actor, result, step.action, target.id);
  co_return result;
}

}  // namespace

Task<Result<Answer>> Appointments::confirm(Actor actor, Target target,
                                           std::optional<IdempotencyKey> key, Deadline deadline) {
  Context context{.actor = actor, .outbox = outbox_, .key = key};
  const Step step{.transition = Transition::confirm,
                  .event = Event::confirmed,
                  .action = "appointment.confirm"};
  co_return co_await take(pool_, deadline, context, target, step);
}

Task<Result<Answer>> Appointments::complete(Actor actor, Target target,
                                            std::optional<IdempotencyKey> key, Deadline deadline) {
  Context context{.actor = actor, .outbox = outbox_, .key = key};
  const Step step{.transition = Transition::complete,
                  .event = Event::completed,
                  .action = "appointment.complete"};
  co_return co_await take(pool_, deadline, context, target, step);
}

Task<Result<Answer>> Appointments::mark_no_show(Actor actor, Target target,
                                                std::optional<IdempotencyKey> key,
                                                Deadline deadline) {
  Context context{.actor = actor, .outbox = outbox_, .key = key};
  const Step step{.transition = Transition::mark_no_show,
                  .event = Event::missed,
                  .action = "appointment.no_show"};
  co_return co_await take(pool_, deadline, context, target, step);
}

Task<Result<Answer>> Appointments::cancel(Actor actor, Target target,
                                          std::optional<std::string> reason,
                                          std::optional<IdempotencyKey> key, Deadline deadline) {
  Context context{.actor = actor, .outbox = outbox_, .key = key};
  const Step step{.transition = Transition::cancel,
                  .event = Event::cancelled,
                  .action = "appointment.cancel",
                  .reason = std::move(reason)};
  co_return co_await take(pool_, deadline, context, target, step);
}

Task<Result<Answer>> Appointments::change_notes(Actor actor, Target target, std::string notes,
                                                Deadline deadline) {
  const std::optional<IdempotencyKey> no_key;
  Context context{.actor = actor, .outbox = outbox_, .key = no_key};
  auto result = co_await run(pool_, deadline, &change_notes_in, context, target, notes);
  co_await audit_denial(pool_, deadline, actor, result, "appointment.update", target.id);
  co_return result;
}

}  // namespace frontdesk::appointments

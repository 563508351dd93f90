#include "appointments/placement.hpp"
#include "appointments/use_case.hpp"
#include "core/version.hpp"

#include <chrono>
#include <utility>

namespace frontdesk::appointments {
namespace {

Result<Status> judge(const Context& context, const Target& target, const store::Held& held) {
  if (auto refusal = check_permitted(relation_of(context, held), Transition::reopen)) {
    return refuse(std::move(*refusal));
  }
  if (auto refusal = check_version(target.version, held.appointment.version)) {
    return refuse(std::move(*refusal));
  }
  return after(held.appointment.status, Transition::reopen);
}

// No rule of booking is asked: the appointment was agreed on, and may lie in the past. What else
// has been agreed on meanwhile is for the constraints to say.
Task<Result<Answer>> reopen_in(db::Transaction& transaction, Context& context, const Target& target,
                               std::optional<Wish>& wish) {
  auto earlier = co_await claim_or_repeat(transaction, context);
  if (!earlier) co_return refuse(std::move(earlier.error()));
  if (*earlier) co_return std::move(**earlier);

  const auto held = co_await hold_with_staff(transaction, context, target.id);
  if (!held) co_return refuse(held.error());
  const auto status = judge(context, target, *held);
  if (!status) co_return refuse(status.error());

  Appointment appointment = held->appointment;
  wish = {.service = appointment.service.id,
          .staff = appointment.staff.id,
          .start = appointment.starts_at,
          .party_size = appointment.party_size};
  const auto reopening = co_await store::reopening_of(transaction, *held);
  appointment.status = *status;
  appointment.cancel_reason = std::nullopt;
  appointment.ends_at = reopening.ends_at;
  appointment.duration_minutes = static_cast<std::int32_t>(
      std::chrono::floor<std::chrono::minutes>(appointment.ends_at - appointment.starts_at)
          .count());
  appointment.updated_at = held->now;
  ++appointment.version;

  db::Batch change;
  store::add_seats(change, reopening.occupation, appointment.party_size);
  store::add_reopening(change, appointment, reopening.occupation);
  co_return co_await finish(
      transaction, context, std::move(change), appointment,
      {.status = 200,
       .event = Event::reopened,
       .action = "appointment.reopen",
       .details = {{"from", slug_of(held->appointment.status)}, {"to", slug_of(*status)}}});
}

}  // namespace

Task<Result<Answer>> Appointments::reopen(Actor actor, Target target,
                                          std::optional<IdempotencyKey> key, Deadline deadline) {
  Context context{.actor = actor, .outbox = outbox_, .key = key};
  std::optional<Wish> wish;
  auto result = co_await run(pool_, deadline, &reopen_in, context, target, wish);
  if (!result && result.error().code == "slot_taken" && wish) {
    result.error().details = co_await alternatives_for(pool_, deadline, *wish, std::nullopt);
  }
  co_await audit_denial(pool_, deadline, actor, result, "appointment.reopen", target.id);
  co_return result;
}

}  // namespace frontdesk::appointments

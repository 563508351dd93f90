#include "appointments/placement.hpp"
#include "appointments/use_case.hpp"
#include "core/version.hpp"

#include <utility>
#include <vector>

namespace frontdesk::appointments {
namespace {

/// What a refused move leaves behind for the search for alternatives.
struct Attempt {
  std::optional<Wish> wish;
  std::optional<Giving> giving;
};

/// Whether a member gives the appointment to another: they may only say when it is. Who has it is
/// for those who manage, and for the customer.
bool gives_away(const Context& context, const Move& move, const store::Held& held) {
  if (held.is_own || context.actor.may(Permission::appointments_manage)) return false;
  return move.staff && *move.staff != held.appointment.staff.id;
}

std::optional<Error> judge(const Context& context, const Target& target, const Move& move,
                           const store::Held& held) {
  const Relation relation = relation_of(context, held);
  if (auto refusal = check_permitted(relation, Transition::reschedule)) return refusal;
  const bool overrides_unasked =
      move.override_rules && !context.actor.may(Permission::appointments_manage);
  if (overrides_unasked || gives_away(context, move, held)) {
    return check_permitted(Relation::observer, Transition::reschedule);
  }
  if (auto refusal = check_version(target.version, held.appointment.version)) return refusal;
  if (auto status = after(held.appointment.status, Transition::reschedule); !status) {
    return std::move(status.error());
  }
  return check_deadline(relation, held.appointment.starts_at, held.cancel_notice, held.now);
}

bool stays_where_it_is(const Appointment& appointment, const Place& place) {
  return place.staff.id == appointment.staff.id &&
         place.offer.appointment == TimeRange{appointment.starts_at, appointment.ends_at};
}

Task<Result<Answer>> move_in(db::Transaction& transaction, Context& context, const Target& target,
                             const Move& move, Attempt& attempt) {
  auto earlier = co_await claim_or_repeat(transaction, context);
  if (!earlier) co_return refuse(std::move(earlier.error()));
  if (*earlier) co_return std::move(**earlier);

  auto held = co_await hold_with_staff(transaction, context, target.id, move.staff);
  if (!held) co_return refuse(std::move(held.error()));
  if (auto refusal = judge(context, target, move, *held)) co_return refuse(std::move(*refusal));

  Appointment appointment = held->appointment;
  attempt.giving = {held->occupation, appointment.party_size};
  attempt.wish = {.service = appointment.service.id,
                  .staff = move.staff.value_or(appointment.staff.id),
                  .start = move.start,
                  .party_size = appointment.party_size,
                  .override_rules = move.override_rules};
  Named<StaffId> staff = appointment.staff;
  if (*attempt.wish->staff != staff.id) {
    staff = {*attempt.wish->staff, co_await store::staff_name(transaction, *attempt.wish->staff)};
  }
  auto place = co_await place_with(transaction, *attempt.wish, std::move(staff), attempt.giving);
  if (!place) co_return refuse(std::move(place.error()));
  if (stays_where_it_is(appointment, *place)) {
    co_return co_await finish_unchanged(transaction, context, appointment);
  }

  const auto taking = taking_of(*place, *attempt.wish);
  const Instant old_start = appointment.starts_at;
  put(appointment, *place);
  appointment.updated_at = held->now;
  ++appointment.version;
  db::Batch change;
  store::add_release(change, held->occupation, appointment.party_size);
  store::add_taking(change, taking);
  store::add_move(change, appointment, taking.id);
  boost::json::object details{{"from", format_instant(old_start)},
                              {"to", format_instant(appointment.starts_at)},
                              {"staff_id", appointment.staff.id.to_string()}};
  if (move.override_rules) details["override"] = true;
  co_return co_await finish(transaction, context, std::move(change), appointment,
                            {.status = 200,
                             .event = Event::rescheduled,
                             .before = Before{old_start, held->appointment.staff.id},
                             .action = "appointment.reschedule",
                             .details = std::move(details)});
}

}  // namespace

Task<Result<Answer>> Appointments::reschedule(Actor actor, Target target, Move move,
                                              std::optional<IdempotencyKey> key,
                                              Deadline deadline) {
  Context context{.actor = actor, .outbox = outbox_, .key = key};
  Attempt attempt;
  auto result = co_await run(pool_, deadline, &move_in, context, target, move, attempt);
  if (!result && result.error().code == "slot_taken" && attempt.wish) {
    result.error().details =
        co_await alternatives_for(pool_, deadline, *attempt.wish, attempt.giving);
  }
  co_await audit_denial(pool_, deadline, actor, result, "appointment.reschedule", target.id);
  co_return result;
}

}  // namespace frontdesk::appointments

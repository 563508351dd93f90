#include "appointments/placement.hpp"
#include "appointments/use_case.hpp"

#include <utility>

namespace frontdesk::appointments {
namespace {

Error unknown_service() {
  return invalid_field("service_id", "not_found", "There is no service with this id.");
}

/// What can be refused before any time is looked at.
std::optional<Error> check_terms(const store::Terms& terms, const Booking& booking,
                                 bool is_capped) {
  if (!terms.service) return unknown_service();
  if (!terms.service->active) {
    return Error{.kind = ErrorKind::invalid,
                 .code = "service_inactive",
                 .message = "This service is no longer offered."};
  }
  if (booking.staff && !terms.staff_name) {
    return invalid_field("staff_id", "not_found", "There is nobody with this id who does this.");
  }
  if (!terms.customer_name && !booking.walk_in) {
    return invalid_field("user_id", "not_found", "There is no customer with this id.");
  }
  if (is_capped) return check_caps(terms.load, terms.caps);
  return std::nullopt;
}

Appointment appointment_of(const store::Terms& terms, const Booking& booking,
                           const std::optional<UserId>& customer, const Place& place) {
  std::optional<Named<UserId>> user;
  if (customer) user = {*customer, *terms.customer_name};
  Appointment appointment{
      .id = AppointmentId::generate(),
      .user = std::move(user),
      .service = {booking.service, terms.service->name},
      .price = {terms.service->price_minor, terms.currency},
      .status = terms.auto_confirm ? Status::confirmed : Status::pending,
      .party_size = booking.party_size,
      .notes = booking.notes,
      .created_at = terms.now,
      .updated_at = terms.now,
      .version = 1,
      .walk_in = booking.walk_in,
  };
  put(appointment, place);
  return appointment;
}

boost::json::object audited(const Appointment& appointment, const Booking& booking) {
  boost::json::object details{{"service_id", appointment.service.id.to_string()},
                              {"staff_id", appointment.staff.id.to_string()},
                              {"starts_at", format_instant(appointment.starts_at)}};
  if (appointment.user) details["user_id"] = appointment.user->id.to_string();
  if (appointment.walk_in) details["walk_in"] = true;
  if (booking.override_rules) details["override"] = true;
  return details;
}

/// Whether the caller may book in this way: for themselves; with appointments.manage for others and
/// against the rules; as a member of staff for walk-ins with themselves.
bool is_permitted(const Actor& actor, const Booking& booking) {
  if (actor.may(Permission::appointments_manage)) return true;
  if (booking.user || booking.override_rules) return false;
  return !booking.walk_in || (actor.staff && booking.staff == actor.staff);
}

std::optional<std::int32_t> seats_left(const Place& place, const Booking& booking) {
  if (place.capacity == 1) return std::nullopt;
  return place.offer.seats_left - booking.party_size;
}

Wish wish_of(const Booking& booking) {
  return {.service = booking.service,
          .staff = booking.staff,
          .start = booking.start,
          .party_size = booking.party_size,
          .override_rules = booking.override_rules};
}

Task<Result<Answer>> book_in(db::Transaction& transaction, Context& context,
                             const Booking& booking) {
  auto earlier = co_await claim_or_repeat(transaction, context);
  if (!earlier) co_return refuse(std::move(earlier.error()));
  if (*earlier) co_return std::move(**earlier);

  std::optional<UserId> customer;
  if (!booking.walk_in) customer = booking.user.value_or(context.user());
  const bool is_capped = customer && !context.actor.may(Permission::appointments_manage);
  const auto terms = co_await store::lock_and_read_terms(transaction, {.customer = customer,
                                                                       .service = booking.service,
                                                                       .staff = booking.staff,
                                                                       .capped = is_capped});
  if (auto refusal = check_terms(terms, booking, is_capped)) co_return refuse(std::move(*refusal));

  const Wish wish = wish_of(booking);
  auto place = booking.staff
                   ? co_await place_with(transaction, wish, {*booking.staff, *terms.staff_name})
                   : co_await place_with_anyone(transaction, wish);
  if (!place) co_return refuse(std::move(place.error()));

  const Appointment appointment = appointment_of(terms, booking, customer, *place);
  const auto taking = taking_of(*place, wish);
  db::Batch change;
  store::add_taking(change, taking);
  store::add_appointment(change, appointment, taking.id);
  co_return co_await finish(transaction, context, std::move(change), appointment,
                            {.status = 201,
                             .event = Event::booked,
                             .action = "appointment.book",
                             .seats_left = seats_left(*place, booking),
                             .details = audited(appointment, booking)});
}

}  // namespace

Task<Result<Answer>> Appointments::book(Actor actor, Booking booking,
                                        std::optional<IdempotencyKey> key, Deadline deadline) {
  Context context{.actor = actor, .outbox = outbox_, .key = key};
  Result<Answer> result =
      refuse(Error{.kind = ErrorKind::forbidden,
                   .code = "forbidden",
                   .message = "You are not allowed to book in this way, or for somebody else."});
  if (booking.walk_in && !booking.staff && !actor.may(Permission::appointments_manage)) {
    booking.staff = actor.staff;
  }
  if (is_permitted(actor, booking)) {
    result = co_await run(pool_, deadline, &book_in, context, booking);
  }
  if (!result && result.error().code == "slot_taken") {
    result.error().details =
        co_await alternatives_for(pool_, deadline, wish_of(booking), std::nullopt);
  }
  co_await audit_denial(pool_, deadline, actor, result, "appointment.book", std::nullopt);
  co_return result;
}

}  // namespace frontdesk::appointments

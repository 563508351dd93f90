#include "appointments/appointment.hpp"

#include "core/ensure.hpp"

#include <array>
#include <utility>

namespace frontdesk::appointments {
namespace {

constexpr std::array<std::string_view, status_count> status_slugs{
    "pending", "confirmed", "completed", "no_show", "cancelled"};

std::optional<Status> target_of(Status status, Transition transition) {
  const bool open = status == Status::pending || status == Status::confirmed;
  switch (transition) {
    case Transition::confirm:
      return status == Status::pending ? std::optional(Status::confirmed) : std::nullopt;
    case Transition::complete:
      return status == Status::confirmed ? std::optional(Status::completed) : std::nullopt;
    case Transition::mark_no_show:
      return status == Status::confirmed ? std::optional(Status::no_show) : std::nullopt;
    case Transition::cancel:
      return open ? std::optional(Status::cancelled) : std::nullopt;
    case Transition::reopen:
      return open ? std::nullopt : std::optional(Status::confirmed);
    case Transition::reschedule:
      return open ? std::optional(status) : std::nullopt;
  }
  std::unreachable();
}

std::string_view participle_of(Transition transition) {
  constexpr std::array<std::string_view, transition_count> participles{
      "confirmed", "completed", "marked as missed", "cancelled", "reopened", "rescheduled"};
  return participles[static_cast<std::size_t>(transition)];
}

Error limit_reached(std::string_view limit, std::int32_t maximum, std::string message) {
  return Error{.kind = ErrorKind::invalid,
               .code = "customer_limit",
               .message = std::move(message),
               .details = {{"limit", limit}, {"maximum", maximum}}};
}

}  // namespace

std::string_view slug_of(Status status) {
  return status_slugs[static_cast<std::size_t>(status)];
}

std::optional<Status> status_from_slug(std::string_view slug) {
  for (std::size_t i = 0; i < status_slugs.size(); ++i) {
    if (status_slugs[i] == slug) return static_cast<Status>(i);
  }
  return std::nullopt;
}

Result<Status> after(Status status, Transition transition) {
  if (const auto target = target_of(status, transition)) return *target;
  return refuse(Error{.kind = ErrorKind::conflict,
                      .code = "invalid_transition",
                      .message = "This appointment is " + std::string(slug_of(status)) +
                                 " and cannot be " + std::string(participle_of(transition)) + ".",
                      .details = {{"status", slug_of(status)}}});
}

bool occupies(Status status) {
  return status == Status::pending || status == Status::confirmed;
}

std::string_view customer_name(const Appointment& appointment) {
  if (appointment.user) return appointment.user->name;
  return appointment.walk_in ? std::string_view(appointment.walk_in->name) : std::string_view();
}

std::optional<Error> check_permitted(Relation relation, Transition transition) {
  const bool for_customers =
      transition == Transition::cancel || transition == Transition::reschedule;
  if (relation == Relation::business) return std::nullopt;
  if (relation == Relation::customer && for_customers) return std::nullopt;
  return Error{.kind = ErrorKind::forbidden,
               .code = "forbidden",
               .message = "You are not allowed to do this with this appointment."};
}

std::optional<Error> check_deadline(Relation relation, Instant starts_at,
                                    std::chrono::minutes cancel_notice, Instant now) {
  const Instant deadline = starts_at - cancel_notice;
  if (relation == Relation::business || now <= deadline) return std::nullopt;
  return Error{.kind = ErrorKind::invalid,
               .code = "cancellation_deadline",
               .message = "It is too late to change this appointment online.",
               .details = {{"deadline", format_instant(deadline)}}};
}

std::optional<Error> check_begun(Transition transition, Instant starts_at, Instant now) {
  const bool looks_back =
      transition == Transition::complete || transition == Transition::mark_no_show;
  if (!looks_back || now >= starts_at) return std::nullopt;
  return Error{.kind = ErrorKind::invalid,
               .code = "too_early",
               .message = "This appointment has not begun yet.",
               .details = {{"starts_at", format_instant(starts_at)}}};
}

std::optional<Error> check_caps(const CustomerLoad& load, const Caps& caps) {
  if (load.active_appointments >= caps.active_appointments) {
    return limit_reached("active_appointments", caps.active_appointments,
                         "You already have as many upcoming appointments as one person may have.");
  }
  if (load.bookings_in_last_hour >= caps.bookings_per_hour) {
    return limit_reached(
        "bookings_per_hour", caps.bookings_per_hour,
        "You have booked very often within the last hour. Please try again later.");
  }
  return std::nullopt;
}

}  // namespace frontdesk::appointments

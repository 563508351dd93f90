#pragma once

#include "core/civil.hpp"
#include "core/error.hpp"
#include "core/instant.hpp"
#include "core/money.hpp"
#include "core/uuid.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Appointments: what they are and the rules that need no database. The current time is always an
/// argument; the callers take it from the database clock (R62).
namespace frontdesk::appointments {

enum class Status : std::uint8_t { pending, confirmed, completed, no_show, cancelled };
inline constexpr int status_count = 5;

/// `no_show`; the same text in the database, in JSON and in filters.
std::string_view slug_of(Status status);
std::optional<Status> status_from_slug(std::string_view slug);

/// What can happen to an appointment. A reschedule keeps the status.
enum class Transition : std::uint8_t {
  confirm,
  complete,
  mark_no_show,
  cancel,
  reopen,
  reschedule
};
inline constexpr int transition_count = 6;

/// The state machine of api.md: pending → confirmed → completed | no_show; pending, confirmed →
/// cancelled; cancelled, completed, no_show → confirmed by reopening; pending and confirmed ones
/// can be rescheduled. Refuses anything else with 409 `invalid_transition`, details.status naming
/// the present status.
Result<Status> after(Status status, Transition transition);

/// Whether an appointment in this status keeps its time from others (I1).
bool occupies(Status status);

/// A person or thing that an appointment names.
template <class IdType>
struct Named {
  IdType id;
  std::string name;
};

/// A customer without an account, as whoever booked for them wrote them down.
struct WalkIn {
  std::string name;
  std::optional<std::string> phone = {};  ///< E.164
  std::optional<std::string> email = {};  ///< normalised (R04)
};

struct Appointment {
  AppointmentId id;
  std::optional<Named<UserId>> user;  ///< nobody: a walk-in, or the customer's data was erased
  Named<ServiceId> service;
  Named<StaffId> staff = {};
  LocalDate date = {};        ///< of the start, in `timezone`
  LocalTime time = {};        ///< of the start, in `timezone`
  std::string timezone = {};  ///< the business's zone when it was booked
  Instant starts_at = {};
  Instant ends_at = {};  ///< not included
  std::int32_t duration_minutes = 0;
  Money price;  ///< as at booking
  Status status;
  std::int32_t party_size;
  std::string notes;
  std::optional<std::string> cancel_reason = {};
  Instant created_at;
  Instant updated_at;
  std::int64_t version;                ///< counts every change, for If-Match
  std::optional<WalkIn> walk_in = {};  ///< only where there is no user
};

/// The name of the user or walk-in; empty where it was erased.
std::string_view customer_name(const Appointment& appointment);

/// How the caller is tied to an appointment that they may see.
enum class Relation : std::uint8_t {
  customer,  ///< it is their own
  business,  ///< it is assigned to them, or they hold appointments.manage
  observer,  ///< they see it through appointments.read_all alone
};

/// Who may cause a transition: a customer cancels and reschedules; the business causes all; an
/// observer none. Refuses with 403 `forbidden`.
std::optional<Error> check_permitted(Relation relation, Transition transition);

/// The deadline of customers (api.md): until `cancel_notice` before the start, the last moment
/// included. Refuses with 422 `cancellation_deadline`, details.deadline. The business has none.
std::optional<Error> check_deadline(Relation relation, Instant starts_at,
                                    std::chrono::minutes cancel_notice, Instant now);

/// An appointment is completed, or missed, from its start on: whoever says so before has hit the
/// wrong one. Refuses these two transitions with 422 `too_early`, details.starts_at; lets every
/// other pass.
std::optional<Error> check_begun(Transition transition, Instant starts_at, Instant now);

/// What one customer may have (R22); from the settings.
struct Caps {
  std::int32_t active_appointments;  ///< pending and confirmed ones that lie ahead
  std::int32_t bookings_per_hour;    ///< in any sixty minutes, cancelled ones included
};

/// What one customer has now.
struct CustomerLoad {
  std::int64_t active_appointments;
  std::int64_t bookings_in_last_hour;
};

/// Refuses one booking more with 422 `customer_limit`, details.limit and details.maximum.
std::optional<Error> check_caps(const CustomerLoad& load, const Caps& caps);

}  // namespace frontdesk::appointments

#pragma once

#include "availability/snapshot.hpp"
#include "core/error.hpp"

#include <cstddef>
#include <expected>
#include <vector>

namespace frontdesk::availability {

/// Why a start cannot be booked. What concerns the time alone comes first; of several that apply
/// the first is named.
enum class Obstacle {
  in_the_past,    ///< before now
  too_soon,       ///< less notice than the service, or the business, wants
  too_far,        ///< after the last bookable date
  closed,         ///< touches a closure of the business
  outside_hours,  ///< not inside one stretch of working hours
  time_off,       ///< touches time off of the member
  off_grid,       ///< not a whole number of slot intervals after an opening time
  taken,          ///< too near to another occupation, with both buffers
  full,           ///< no seats for the party: in the session that runs then, or in the service
};

/// The refusal of api.md: in_the_past, too_soon, too_far, outside_working_hours (closed,
/// outside_hours and time_off alike: a customer need not know which), off_grid: 422;
/// slot_taken (taken, full): 409, to which the caller adds details.alternatives.
Error refusal_of(Obstacle obstacle);

struct CheckOptions {
  int party_size = 1;
  /// Those with appointments.manage may book outside hours, closures, time off, grid, notice and
  /// horizon; never in the past and never over another booking.
  bool override_rules = false;
};

/// What a booking would take.
struct Offer {
  TimeRange appointment;                     ///< what the customer sees
  TimeRange blocked;                         ///< with the service's buffers
  std::optional<OccupationId> session = {};  ///< the class session that it joins
  int seats_left = 1;  ///< before the booking: of the session's and the service's, the fewer
};

/// Whether `start` can be booked with this member: the very rules of free_slots (R57), so that a
/// start is offered there if and only if it passes here without an override.
std::expected<Offer, Obstacle> check_start(const Snapshot& snapshot, const StaffSchedule& member,
                                           Instant start, const CheckOptions& options = {});

/// Everyone in the snapshot who can take `start`, as indexes in its order; nobody: the obstacle of
/// the member who came nearest (taken rather than off the grid rather than off work). A snapshot
/// without staff is outside_hours.
std::expected<std::vector<std::size_t>, Obstacle> who_can_take(const Snapshot& snapshot,
                                                               Instant start,
                                                               const CheckOptions& options = {});

/// How much speaks against a start that is booked against the rules, the least first.
enum class Objection {
  none,
  rules,    ///< notice, horizon or grid: the member is at work
  hours,    ///< not inside the working hours
  absence,  ///< a closure, or time off
};

/// The gravest objection of all that apply to an appointment of this member at `start`, whatever
/// else has been booked.
Objection objection_to(const Snapshot& snapshot, const StaffSchedule& member, Instant start);

/// Gives the time of an occupation back, as a reschedule does before it checks its new start:
/// `seats` of a session, the whole of anything else. An unknown id changes nothing.
void release(Snapshot& snapshot, OccupationId occupation, int seats);

}  // namespace frontdesk::availability

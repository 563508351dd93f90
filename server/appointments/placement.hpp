#pragma once

#include "appointments/appointments.hpp"
#include "appointments/store.hpp"
#include "availability/availability.hpp"
#include "db/transaction.hpp"

#include <optional>
#include <string>

/// Finding a place for an appointment through the one engine of availability (R57). Internal to the
/// feature.
namespace frontdesk::appointments {

/// What is looked for.
struct Wish {
  ServiceId service;
  std::optional<StaffId> staff;  ///< nobody: anyone
  Start start;
  std::int32_t party_size;
  bool override_rules = false;  ///< whatever hours, notice, horizon and grid say
};

/// Time that an appointment gives back before its new start is judged.
struct Giving {
  OccupationId occupation;
  std::int32_t seats;
};

/// Where an appointment can go.
struct Place {
  Named<StaffId> staff;
  availability::Offer offer;
  Zone zone;              ///< the business's
  std::int32_t capacity;  ///< of a session that is opened there
};

/// Judges a start with one member, whose lock the caller holds (R52). Refuses what
/// Appointments::book refuses for the time, 422 for a member who does not do the service, and where
/// nothing is given for a party larger than the service.
Task<Result<Place>> place_with(db::Transaction& transaction, const Wish& wish, Named<StaffId> staff,
                               const std::optional<Giving>& giving = std::nullopt);

/// Finds a member for "anyone": ranks those who are free without any lock, then locks and judges
/// one after the other until one is still free. Where the rules are overridden, what speaks against
/// a member ranks before their load. Refuses with `slot_taken` only when every member who was free
/// has been taken by somebody else meanwhile (I6).
Task<Result<Place>> place_with_anyone(db::Transaction& transaction, const Wish& wish);

/// `details` of a 409: the nearest free slots around the wish, read outside any transaction.
/// Without alternatives and zone where the world does not let it read them, or the member does not
/// do the service any more: the refusal stands all the same.
Task<boost::json::object> alternatives_for(db::Pool& pool, Deadline deadline, const Wish& wish,
                                           const std::optional<Giving>& giving);

/// The time and seats that a place takes, with an id of its own where it is not joined.
store::Taking taking_of(const Place& place, const Wish& wish);

/// Writes a place into the appointment: member, local and absolute time, duration.
void put(Appointment& appointment, const Place& place);

}  // namespace frontdesk::appointments

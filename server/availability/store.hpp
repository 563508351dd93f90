#pragma once

#include "availability/availability.hpp"

/// The only place of this feature that names SQL.
namespace frontdesk::availability::store {

/// How much a snapshot says about the time that is taken.
enum class Detail {
  occupations,  ///< all of it: for a booking
  blocked,  ///< the stretches alone, and the sessions of a class: for a list of slots; ten times
            ///< fewer values to send and to read
};

/// Everything that decides what is free, in one round trip.
Task<Result<Snapshot>> snapshot(db::Connection& connection, SnapshotRequest request, Detail detail);

/// Today, by the database's clock, in the business's zone.
Task<LocalDate> today(db::Connection& connection);

}  // namespace frontdesk::availability::store

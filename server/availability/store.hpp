#pragma once

#include "availability/availability.hpp"

/// The only place of this feature that names SQL.
namespace frontdesk::availability::store {

/// Everything that decides what is free, in one round trip.
Task<Result<Snapshot>> snapshot(db::Connection& connection, SnapshotRequest request);

/// Today, by the database's clock, in the business's zone.
Task<LocalDate> today(db::Connection& connection);

}  // namespace frontdesk::availability::store

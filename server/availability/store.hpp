#pragma once

#include "availability/availability.hpp"

/// Reading what a booking is judged by. The only places of this feature that name SQL are the store
/// files.
namespace frontdesk::availability::store {

/// Everything that decides what is free, in one round trip.
Task<Result<Snapshot>> snapshot(db::Connection& connection, SnapshotRequest request);

}  // namespace frontdesk::availability::store

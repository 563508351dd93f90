#pragma once

#include "availability/snapshot.hpp"
#include "db/rows.hpp"

namespace frontdesk::availability::store {

/// A row of (date, start_minutes, end_minutes), without what is no interval: the arrays have no
/// constraint for each of their elements.
DateOverride read_override(const db::Row& row);

}  // namespace frontdesk::availability::store

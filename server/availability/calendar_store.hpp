#pragma once

#include "availability/calendar.hpp"
#include "core/task.hpp"
#include "db/connection.hpp"

#include <span>

/// Reading copies of calendars, and whether they are still right.
namespace frontdesk::availability::store {

/// Changes whenever a committed change touches what decides free time.
struct Stamp {
  Instant now;             ///< by the database clock (R62)
  std::int64_t business;   ///< catalogue_revision
  std::int64_t calendars;  ///< the sum of calendar_revisions, each of which only grows
};
Task<Stamp> stamp(db::Connection& connection);

/// By member.
Task<std::map<StaffId, std::int64_t>> calendar_revisions(db::Connection& connection);

/// Closures from margin_of_dates before today on.
Task<BusinessCopy> business(db::Connection& connection);

/// The members among `ids` who exist, from margin_of_dates before `first` until so much after
/// `last`.
Task<std::vector<MemberCopy>> members(db::Connection& connection, std::span<const StaffId> ids,
                                      LocalDate first, LocalDate last);

}  // namespace frontdesk::availability::store

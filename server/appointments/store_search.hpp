#pragma once

#include "appointments/store.hpp"
#include "appointments/store_filter.hpp"

#include <optional>

namespace frontdesk::appointments::store {

/// A page of what `filter.text` (ENSURE) finds (R32). Among everyone's appointments it is first
/// looked for in accounts, services, staff and what appointments themselves say, and then only
/// appointments that it was found for are read: the cost is that of the matches, not of all there
/// is. More than 1,000 matches are refused with 422, `too_broad` on `q`. The owners' own are looked
/// through.
Task<Result<Page<Appointment>>> search(db::Connection& connection, const Viewer& viewer,
                                       const std::optional<Owners>& owners, const Filter& filter,
                                       Order order, const PageRequest<ListKey>& page);

}  // namespace frontdesk::appointments::store

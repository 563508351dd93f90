#pragma once

#include "http/route.hpp"
#include "staff/staff.hpp"

namespace frontdesk::staff {

/// The public reading routes of the staff. `staff` must outlive the table.
http::RouteTable routes(Staff& staff);

}  // namespace frontdesk::staff

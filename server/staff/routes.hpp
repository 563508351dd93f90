#pragma once

#include "http/route.hpp"
#include "staff/staff.hpp"

namespace frontdesk::staff {

/// The routes of the staff: public reading, and writing for those who manage them. `staff` must
/// outlive the table.
http::RouteTable routes(Staff& staff);

}  // namespace frontdesk::staff

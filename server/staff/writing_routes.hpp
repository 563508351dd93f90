#pragma once

#include "http/route.hpp"
#include "staff/staff.hpp"

namespace frontdesk::staff {

/// Who belongs to the staff, what they do and their order. `staff` must outlive the table.
http::RouteTable writing_routes(Staff& staff);

}  // namespace frontdesk::staff

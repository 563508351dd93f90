#pragma once

#include "availability/timetables.hpp"
#include "http/route.hpp"

namespace frontdesk::availability {

/// When members of staff work: public reading, and writing for those who manage the staff.
/// `timetables` must outlive the table.
http::RouteTable timetable_routes(Timetables& timetables);

}  // namespace frontdesk::availability

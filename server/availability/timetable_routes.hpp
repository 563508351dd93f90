#pragma once

#include "availability/timetables.hpp"
#include "http/route.hpp"

namespace frontdesk::availability {

/// When members of staff work: public reading of the weekly hours; reading of single days and time
/// off for the member and those who manage the staff, who alone may write.
/// `timetables` must outlive the table.
http::RouteTable timetable_routes(Timetables& timetables);

}  // namespace frontdesk::availability

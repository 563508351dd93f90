#pragma once

#include "appointments/calendar_component.hpp"
#include "core/instant.hpp"
#include "core/zone.hpp"

namespace frontdesk::appointments {

/// The VTIMEZONE (RFC 5545 section 3.6.5) of `zone`: how its clock was and will be set from `first`
/// to `last`, each change an observance of its own. Made of the same zone data that appointments
/// are booked by (R61), so that a calendar cannot come to another conclusion.
CalendarComponent make_zone_component(const Zone& zone, Instant first, Instant last);

}  // namespace frontdesk::appointments

#pragma once

#include "core/error.hpp"
#include "core/zone.hpp"
#include "notifications/events.hpp"

#include <boost/json/object.hpp>

namespace frontdesk::notifications {

/// The facts of `event` out of what queue::FactsWriter wrote. Text is a string, a number an
/// integer, a moment `{"at": RFC 3339, "zone": IANA id}`, the zone that of the business where it is
/// not said, a day `2026-03-03`, money `{"amount", "currency"}`, an agenda an array of `{"starts",
/// "ends", "service", "customer"}` with times as `09:00`. Refuses what has another form, and
/// members too many, with `facts_incomplete`, whose message never holds a value. What the catalogue
/// does not name is let pass: others read it. Whether all is there is for check_facts().
Result<Facts> read_facts(const Event& event, const boost::json::object& content,
                         const Zone& business_zone);

}  // namespace frontdesk::notifications

#pragma once

#include "availability/timetables.hpp"
#include "core/json_writer.hpp"

#include <boost/json/value.hpp>

/// JSON ↔ domain for when members of staff work. What cannot be read is refused with 422 and every
/// bad field by name.
namespace frontdesk::availability::wire {

/// {items: [{weekday, start, end}]}: at most max_intervals_of_a_day on each, without overlap, in
/// any order.
Result<Week> read_week(const boost::json::value& body);

/// {timezone, items}
void write(JsonWriter& json, const WorkingWeek& week);
/// The same, and {affected, affected_total}.
void write(JsonWriter& json, const NewWeek& week);

}  // namespace frontdesk::availability::wire

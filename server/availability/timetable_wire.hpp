#pragma once

#include "availability/timetables.hpp"
#include "core/json_writer.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

#include <string>
#include <vector>

#include <boost/json/value.hpp>

/// JSON ↔ domain for when members of staff work. What cannot be read is refused with 422 and every
/// bad field by name.
namespace frontdesk::availability::wire {

/// {items: [{weekday, start, end}]}, or the list alone: at most max_intervals_of_a_day on each,
/// without overlap, in any order.
Result<Week> read_week(const boost::json::value& body);

/// {timezone, items}
void write(JsonWriter& json, const WorkingWeek& week);
/// The same, and {affected, affected_total}.
void write(JsonWriter& json, const NewWeek& week);

/// {intervals: [{start, end}]}, or the list alone: at most max_intervals_of_a_day, without overlap,
/// in any order.
Result<std::vector<Hours>> read_intervals(const boost::json::value& body);
/// {date, timezone, intervals}
void write(JsonWriter& json, const DateOverride& day, const std::string& timezone);
/// The same, and {affected, affected_total}.
void write(JsonWriter& json, const NewOverride& entered);

/// {starts_at, ends_at, reason?}; check_time_off has not looked at it.
Result<NewTimeOff> read_time_off(const boost::json::value& body);
/// {id, staff_id, starts_at, ends_at, reason}
void write(JsonWriter& json, const TimeOff& time_off);
/// The same, and {affected, affected_total}.
void write(JsonWriter& json, const EnteredTimeOff& entered);

/// What a list is asked for: `from`, `to` and the page.
template <class Key>
struct DaysQuery {
  DayFilter days;
  PageRequest<Key> page;
};
Result<DaysQuery<LocalDate>> read_overrides_query(const http::Request& request);
Result<DaysQuery<TimeOffKey>> read_time_off_query(const http::Request& request);
http::Response write_page(const Overrides& overrides);
http::Response write_page(const Page<TimeOff>& page);

}  // namespace frontdesk::availability::wire

#include "availability/timetable_wire.hpp"

#include "availability/week.hpp"
#include "http/fields.hpp"

#include <algorithm>

namespace frontdesk::availability::wire {
namespace {

using http::Fields;

/// {start, end} among other fields; nothing where they are no interval.
std::optional<Hours> read_hours(Fields& fields) {
  const auto start = fields.time("start");
  const auto end = fields.end_time("end");
  if (!start || !end) return std::nullopt;
  if (*start < *end) return Hours{*start, *end};
  fields.reject("end", "out_of_range", "end must be after start.");
  return std::nullopt;
}

/// Puts the intervals of a day in order and notes what is wrong with them as a whole.
void settle(Fields& fields, std::vector<Hours>& intervals) {
  std::ranges::sort(intervals);
  if (intervals.size() > max_intervals_of_a_day) {
    fields.reject("items", "too_long",
                  "items must hold at most " + std::to_string(max_intervals_of_a_day) + " a day.");
  } else if (overlap(intervals)) {
    fields.reject("items", "overlap", "The intervals of a day must not overlap.");
  }
}

void write_members(JsonWriter& json, const WorkingWeek& week) {
  json.member("timezone", week.timezone);
  json.key("items").begin_array();
  for (std::size_t weekday = 0; weekday < week.days.size(); ++weekday) {
    for (const Hours& hours : week.days[weekday]) {
      json.begin_object();
      json.member("weekday", static_cast<std::int64_t>(weekday));
      json.member("start", hours.start);
      json.member("end", hours.end);
      json.end_object();
    }
  }
  json.end_array();
}

}  // namespace

Result<Week> read_week(const boost::json::value& body) {
  Fields fields(body);
  Week week;
  fields.objects("items", week.size() * max_intervals_of_a_day, [&week](Fields& item) {
    const auto weekday = item.integer<std::int16_t>("weekday", 0, 6);
    const auto hours = read_hours(item);
    if (weekday && hours) week[static_cast<std::size_t>(*weekday)].push_back(*hours);
  });
  for (auto& intervals : week) settle(fields, intervals);
  if (auto error = fields.error()) return refuse(std::move(*error));
  return week;
}

void write(JsonWriter& json, const WorkingWeek& week) {
  json.begin_object();
  write_members(json, week);
  json.end_object();
}

void write(JsonWriter& json, const NewWeek& week) {
  json.begin_object();
  write_members(json, week.week);
  catalog::write_members(json, week.affected);
  json.end_object();
}

}  // namespace frontdesk::availability::wire

#include "availability/timetable_wire.hpp"

#include "availability/week.hpp"
#include "http/date_cursor.hpp"
#include "http/fields.hpp"

#include <algorithm>

namespace frontdesk::availability::wire {
namespace {

using http::Fields;

constexpr std::string_view by_start = "starts_at";

/// {start, end} among other fields; nothing where they are no interval.
std::optional<Hours> read_hours(Fields& fields) {
  const auto start = fields.time("start");
  const auto end = fields.end_time("end");
  if (!start || !end) return std::nullopt;
  if (*start < *end) return Hours{*start, *end};
  fields.reject("end", "out_of_range", "end must be after start.");
  return std::nullopt;
}

/// A list alone means the same as an object that names it.
boost::json::value with_name(std::string_view name, const boost::json::value& body) {
  if (!body.is_array()) return body;
  return boost::json::object{{name, body}};
}

/// Puts the intervals of a day in order and notes what is wrong with them as a whole.
void settle(Fields& fields, std::string_view name, std::vector<Hours>& intervals) {
  std::ranges::sort(intervals);
  if (intervals.size() > max_intervals_of_a_day) {
    fields.reject(name, "too_long",
                  std::string(name) + " must hold at most " +
                      std::to_string(max_intervals_of_a_day) + " a day.");
  } else if (overlap(intervals)) {
    fields.reject(name, "overlap", "The intervals of a day must not overlap.");
  }
}

void write_times(JsonWriter& json, const Hours& hours) {
  json.member("start", hours.start);
  json.member("end", hours.end);
}

void write_members(JsonWriter& json, const WorkingWeek& week) {
  json.member("timezone", week.timezone);
  json.key("items").begin_array();
  for (std::size_t weekday = 0; weekday < week.days.size(); ++weekday) {
    for (const Hours& hours : week.days[weekday]) {
      json.begin_object();
      json.member("weekday", static_cast<std::int64_t>(weekday));
      write_times(json, hours);
      json.end_object();
    }
  }
  json.end_array();
}

void write_members(JsonWriter& json, const DateOverride& day, const std::string& timezone) {
  json.member("date", day.date);
  json.member("timezone", timezone);
  json.key("intervals").begin_array();
  for (const Hours& hours : day.hours) {
    json.begin_object();
    write_times(json, hours);
    json.end_object();
  }
  json.end_array();
}

void write_members(JsonWriter& json, const TimeOff& time_off) {
  json.member("id", time_off.id);
  json.member("staff_id", time_off.staff);
  json.member("starts_at", time_off.time.start);
  json.member("ends_at", time_off.time.end);
  json.member("reason", time_off.reason);
}

/// `from` and `to` of a list.
DayFilter read_days(http::QueryFields& query) {
  const DayFilter days{.from = query.optional_date("from"), .to = query.optional_date("to")};
  if (days.from && days.to && *days.to < *days.from) {
    query.reject("to", "out_of_range", "to must not be before from.");
  }
  return days;
}

}  // namespace

Result<Week> read_week(const boost::json::value& body) {
  const boost::json::value object = with_name("items", body);
  Fields fields(object);
  Week week;
  fields.objects("items", week.size() * max_intervals_of_a_day, [&week](Fields& item) {
    const auto weekday = item.integer<std::int16_t>("weekday", 0, 6);
    const auto hours = read_hours(item);
    if (weekday && hours) week[static_cast<std::size_t>(*weekday)].push_back(*hours);
  });
  for (auto& intervals : week) settle(fields, "items", intervals);
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

Result<std::vector<Hours>> read_intervals(const boost::json::value& body) {
  const boost::json::value object = with_name("intervals", body);
  Fields fields(object);
  std::vector<Hours> intervals;
  fields.objects("intervals", max_intervals_of_a_day, [&intervals](Fields& item) {
    if (const auto hours = read_hours(item)) intervals.push_back(*hours);
  });
  settle(fields, "intervals", intervals);
  if (auto error = fields.error()) return refuse(std::move(*error));
  return intervals;
}

void write(JsonWriter& json, const DateOverride& day, const std::string& timezone) {
  json.begin_object();
  write_members(json, day, timezone);
  json.end_object();
}

void write(JsonWriter& json, const NewOverride& entered) {
  json.begin_object();
  write_members(json, entered.day, entered.timezone);
  catalog::write_members(json, entered.affected);
  json.end_object();
}

Result<NewTimeOff> read_time_off(const boost::json::value& body) {
  Fields fields(body);
  const auto starts_at = fields.instant("starts_at");
  const auto ends_at = fields.instant("ends_at");
  auto reason = fields.optional_text("reason", {.max = 200});
  if (auto error = fields.error()) return refuse(std::move(*error));
  return NewTimeOff{{*starts_at, *ends_at}, std::move(reason).value_or("")};
}

void write(JsonWriter& json, const TimeOff& time_off) {
  json.begin_object();
  write_members(json, time_off);
  json.end_object();
}

void write(JsonWriter& json, const EnteredTimeOff& entered) {
  json.begin_object();
  write_members(json, entered.time_off);
  catalog::write_members(json, entered.affected);
  json.end_object();
}

Result<DaysQuery<LocalDate>> read_overrides_query(const http::Request& request) {
  http::QueryFields query(request.query());
  const auto days = read_days(query);
  const auto page = http::read_page_by_date(query);
  if (auto error = query.error()) return refuse(std::move(*error));
  return DaysQuery<LocalDate>{days, page};
}

Result<DaysQuery<TimeOffKey>> read_time_off_query(const http::Request& request) {
  http::QueryFields query(request.query());
  const auto days = read_days(query);
  const auto page = http::read_page<TimeOffKey, Instant, TimeOffId>(query, by_start);
  if (auto error = query.error()) return refuse(std::move(*error));
  return DaysQuery<TimeOffKey>{days, page};
}

http::Response write_page(const Overrides& overrides) {
  return http::list(
      overrides.page,
      [&](JsonWriter& json, const DateOverride& day) { write(json, day, overrides.timezone); },
      [](const DateOverride& day) { return http::encode_date_cursor(day.date); });
}

http::Response write_page(const Page<TimeOff>& page) {
  return http::list(
      page, [](JsonWriter& json, const TimeOff& time_off) { write(json, time_off); },
      [](const TimeOff& time_off) {
        return http::encode_cursor(by_start, time_off.time.start, time_off.id);
      });
}

}  // namespace frontdesk::availability::wire

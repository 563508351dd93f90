#include "availability/scenario_wire.hpp"

#include "availability/json_reader.hpp"
#include "availability/slots.hpp"
#include "http/strict_json.hpp"

#include <algorithm>

#include <boost/json/serialize.hpp>

namespace frontdesk::availability {
namespace {

using boost::json::value;
using std::chrono::days;
using std::chrono::minutes;

constexpr std::size_t most_staff = 500;
constexpr std::size_t most_closures = 4'000;
constexpr std::size_t most_hours = 100;  // of a member's week, and of one date
constexpr std::size_t most_overrides = 4'000;
constexpr std::size_t most_ranges = 5'000;  // time off, or occupied, of one member
constexpr std::int64_t longest_day = 1440;
constexpr std::int64_t longest_notice = 525'600;
constexpr std::int64_t farthest_horizon = 36'500;
constexpr std::int64_t most_seats = 1'000;

std::optional<minutes> optional_minutes(ObjectReader& object, std::string_view name,
                                        std::int64_t min, std::int64_t max) {
  const auto count = object.optional_integer(name, min, max);
  return count ? std::optional(minutes{*count}) : std::nullopt;
}

minutes minutes_or(ObjectReader& object, std::string_view name, std::int64_t min, std::int64_t max,
                   std::int64_t fallback) {
  return optional_minutes(object, name, min, max).value_or(minutes{fallback});
}

ServiceRules read_service(const value& json, Problems& problems) {
  ObjectReader object(json, "service", problems);
  const auto horizon = object.optional_integer("max_advance_days", 0, farthest_horizon);
  ServiceRules service{
      .duration = minutes{object.integer("duration", 1, longest_day).value_or(1)},
      .buffer_before = minutes_or(object, "buffer_before", 0, longest_day, 0),
      .buffer_after = minutes_or(object, "buffer_after", 0, longest_day, 0),
      .min_notice = optional_minutes(object, "min_notice", 0, longest_notice),
      .max_advance = horizon ? std::optional(days{*horizon}) : std::nullopt,
      .capacity = static_cast<int>(object.optional_integer("capacity", 1, most_seats).value_or(1))};
  object.done();
  return service;
}

/// The fallbacks are those of a new business.
BookingRules read_rules(const value& json, Problems& problems) {
  ObjectReader object(json, "rules", problems);
  BookingRules rules{
      .slot_interval = minutes_or(object, "slot_interval", 1, longest_day, 15),
      .min_notice = minutes_or(object, "min_notice", 0, longest_notice, 0),
      .max_advance =
          days{object.optional_integer("max_advance_days", 0, farthest_horizon).value_or(180)}};
  object.done();
  return rules;
}

Hours read_hours(ObjectReader& object) {
  const auto start = object.time("start");
  const auto end = object.end_time("end");
  if (start && end && *start >= *end) object.reject("end", "must be after start");
  return {start.value_or(LocalTime{0}), end.value_or(LocalTime{longest_day})};
}

void read_working_hours(ObjectReader& member, StaffSchedule& schedule, Problems& problems) {
  member.each("working_hours", most_hours, [&](const value& json, std::string path) {
    ObjectReader object(json, std::move(path), problems);
    const auto weekday = object.integer("weekday", 0, 6);
    const Hours hours = read_hours(object);
    if (weekday) schedule.weekly[static_cast<std::size_t>(*weekday)].push_back(hours);
    object.done();
  });
}

void read_overrides(ObjectReader& member, StaffSchedule& schedule, Problems& problems) {
  const value* json = member.find("overrides");
  if (json == nullptr) return;
  const std::string path = member.path_of("overrides");
  const boost::json::object* dates = json->if_object();
  if (dates == nullptr) return problems.add(path, "must be an object of dates");
  if (dates->size() > most_overrides) return problems.add(path, "has too many dates");
  ObjectReader object(*json, path, problems);
  for (const auto& entry : *dates) {
    const std::string_view name(entry.key().data(), entry.key().size());
    const auto date = parse_date(name);
    if (!date) {
      problems.add(path, "must have dates of 2000 to 2100 such as 2026-03-29 as names");
      continue;
    }
    DateOverride override_of_date{*date, {}};
    if (!entry.value().is_array()) object.reject(name, "must be an array");
    if (entry.value().is_array()) {
      object.each(name, most_hours, [&](const value& interval, std::string interval_path) {
        ObjectReader hours(interval, std::move(interval_path), problems);
        override_of_date.hours.push_back(read_hours(hours));
        hours.done();
      });
    }
    schedule.overrides.push_back(std::move(override_of_date));
  }
}

TimeRange read_range(ObjectReader& object) {
  const auto start = object.instant("starts_at");
  const auto end = object.instant("ends_at");
  if (start && end && *start >= *end) object.reject("ends_at", "must be after starts_at");
  return {start.value_or(earliest_instant), end.value_or(end_of_instants)};
}

/// Whether an appointment in this status keeps its time from others; an absent one does.
bool occupies(ObjectReader& object) {
  constexpr std::array<std::string_view, 3> active = {"pending", "confirmed", "held"};
  constexpr std::array<std::string_view, 3> inactive = {"cancelled", "completed", "no_show"};
  const auto status = object.optional_text("status");
  if (!status || std::ranges::find(active, *status) != active.end()) return true;
  if (std::ranges::find(inactive, *status) == inactive.end()) {
    object.reject("status", "must be pending, confirmed, held, cancelled, completed or no_show");
  }
  return false;
}

void read_occupied(ObjectReader& member, const ServiceRules& service, StaffSchedule& schedule,
                   Problems& problems) {
  member.each("occupied", most_ranges, [&](const value& json, std::string path) {
    ObjectReader object(json, std::move(path), problems);
    const TimeRange time = read_range(object);
    Occupation occupation{
        .id = {},
        .appointment = time,
        .blocked = {time.start - minutes_or(object, "buffer_before", 0, longest_day, 0),
                    time.end + minutes_or(object, "buffer_after", 0, longest_day, 0)},
        .session = {}};
    const auto booked = object.optional_integer("booked", 1, most_seats);
    const auto capacity = object.optional_integer("capacity", 1, most_seats);
    if (booked) {
      occupation.session = {.capacity = static_cast<int>(capacity.value_or(service.capacity)),
                            .booked = static_cast<int>(*booked)};
    } else if (capacity) {
      object.reject("capacity", "needs booked: it is a session of this service");
    }
    if (occupies(object)) schedule.occupations.push_back(occupation);
    object.done();
  });
}

void read_id(ObjectReader& member, Scenario& scenario) {
  const value* id = member.require("id");
  if (id == nullptr) return;
  const bool is_text = id->is_string() && !id->as_string().empty() && id->as_string().size() <= 200;
  if (!is_text && !id->is_int64()) {
    return member.reject("id", "must be a text of 1 to 200 bytes, or a whole number");
  }
  std::string json = boost::json::serialize(*id);
  if (std::ranges::find(scenario.staff_ids, json) != scenario.staff_ids.end()) {
    member.reject("id", "occurs twice");
  }
  scenario.staff_names.push_back(is_text ? std::string(id->as_string()) : json);
  scenario.staff_ids.push_back(std::move(json));
}

void read_member(const value& json, std::string path, Scenario& scenario, Problems& problems) {
  ObjectReader object(json, std::move(path), problems);
  read_id(object, scenario);
  StaffSchedule schedule{.id = {},
                         .zone = object.optional_zone("timezone").value_or(scenario.snapshot.zone)};
  read_working_hours(object, schedule, problems);
  read_overrides(object, schedule, problems);
  object.each("time_off", most_ranges, [&](const value& range_json, std::string range_path) {
    ObjectReader range(range_json, std::move(range_path), problems);
    schedule.time_off.push_back(read_range(range));
    range.optional_text("reason");
    range.done();
  });
  read_occupied(object, scenario.snapshot.service, schedule, problems);
  object.done();
  scenario.snapshot.staff.push_back(std::move(schedule));
}

void read_closures(ObjectReader& object, Snapshot& snapshot, Problems& problems) {
  object.each("closures", most_closures, [&](const value& json, const std::string& path) {
    const boost::json::string* text = json.if_string();
    const auto date =
        text != nullptr ? parse_date(std::string_view(text->data(), text->size())) : std::nullopt;
    if (date) {
      snapshot.closures.push_back(*date);
    } else {
      problems.add(path, "must be a date of 2000 to 2100 such as 2026-12-25");
    }
  });
}

void check_span(ObjectReader& object, std::optional<LocalDate> from, std::optional<LocalDate> to) {
  if (!from || !to) return;
  if (*to < *from) object.reject("to", "must not be before from");
  if (*to - *from >= longest_span) object.reject("to", "must be at most 61 days after from");
}

Scenario read_scenario(const value& json, Problems& problems) {
  ObjectReader object(json, "", problems);
  const auto zone = object.zone("timezone");
  const auto now = object.instant("now");
  const auto from = object.date("from");
  const auto to = object.date("to");
  check_span(object, from, to);
  const value* service = object.require("service");
  const value* rules = object.find("rules");
  const value defaults(boost::json::object{});
  Scenario scenario{
      .snapshot = {.now = now.value_or(earliest_instant),
                   .zone = zone.value_or(Zone::utc()),
                   .rules = read_rules(rules != nullptr ? *rules : defaults, problems),
                   .service = service != nullptr ? read_service(*service, problems)
                                                 : ServiceRules{.duration = minutes{1}}},
      .from = from.value_or(LocalDate{}),
      .to = to.value_or(LocalDate{})};
  scenario.party_size =
      static_cast<int>(object.optional_integer("party_size", 1, most_seats).value_or(1));
  read_closures(object, scenario.snapshot, problems);
  object.each("staff", most_staff, [&](const value& member, std::string path) {
    read_member(member, std::move(path), scenario, problems);
  });
  object.done();
  return scenario;
}

}  // namespace

std::expected<Scenario, std::vector<std::string>> parse_scenario(std::string_view text) {
  if (text.size() > longest_scenario_bytes) {
    return std::unexpected(std::vector<std::string>{"the scenario is longer than 8 MB"});
  }
  const auto json = http::parse_strict_json(text);
  if (!json) return std::unexpected(std::vector<std::string>{json.error().message});
  Problems problems;
  Scenario scenario = read_scenario(*json, problems);
  if (!problems.none()) return std::unexpected(problems.texts());
  put_in_order(scenario.snapshot);
  return scenario;
}

}  // namespace frontdesk::availability

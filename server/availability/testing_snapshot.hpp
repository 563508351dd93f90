#pragma once

#include "availability/slots.hpp"
#include "availability/snapshot.hpp"

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Short ways to write snapshots and answers in the tests of this folder.
namespace frontdesk::availability::testing {

inline LocalDate day(std::string_view text) {
  return parse_date(text).value();
}
inline LocalTime clock_time(std::string_view text) {
  return parse_end_time(text).value();
}
inline Instant at(std::string_view text) {
  return parse_instant(text).value();
}
inline Zone zone(std::string_view name) {
  return Zone::find(name).value();
}
inline TimeRange range(std::string_view start, std::string_view end) {
  return {at(start), at(end)};
}
inline Hours hours(std::string_view start, std::string_view end) {
  return {clock_time(start), clock_time(end)};
}

/// A member who works these hours on every day of the week.
inline StaffSchedule member(const Zone& home, std::vector<Hours> daily) {
  StaffSchedule schedule{.id = StaffId::generate(), .zone = home};
  schedule.weekly.fill(daily);
  return schedule;
}

inline Occupation occupation(TimeRange time, std::chrono::minutes before = {},
                             std::chrono::minutes after = {}) {
  return {OccupationId::generate(), time, {time.start - before, time.end + after}, {}};
}

inline Occupation session(TimeRange time, int capacity, int booked) {
  return {OccupationId::generate(), time, time, Occupation::Seats{capacity, booked}};
}

/// A business that offers one service of an hour, every half hour, a year ahead and at once.
inline Snapshot business(std::string_view zone_name, std::string_view now) {
  return {
      .now = at(now),
      .zone = zone(zone_name),
      .rules = {.slot_interval = std::chrono::minutes{30}, .max_advance = std::chrono::days{365}},
      .service = {.duration = std::chrono::minutes{60}}};
}

/// `2026-03-29 09:00` for each slot of the dates, as the business shows it.
inline std::vector<std::string> shown(const Snapshot& snapshot, std::string_view from,
                                      std::string_view to) {
  std::vector<std::string> texts;
  for (const FreeDay& free_day :
       free_slots(snapshot, {.from = day(from), .to = day(to), .display = snapshot.zone}).days) {
    for (const Slot& slot : free_day.slots) {
      texts.push_back(format_date(free_day.date) + " " + format_time(slot.time));
    }
  }
  return texts;
}

/// `09:00` for each slot of one date.
inline std::vector<std::string> times(const Snapshot& snapshot, std::string_view date) {
  std::vector<std::string> texts;
  for (const std::string& text : shown(snapshot, date, date)) texts.push_back(text.substr(11));
  return texts;
}

/// The start of each slot of one date, in UTC.
inline std::vector<std::string> starts(const Snapshot& snapshot, std::string_view date) {
  std::vector<std::string> texts;
  const auto answer =
      free_slots(snapshot, {.from = day(date), .to = day(date), .display = snapshot.zone});
  for (const Slot& slot : answer.days.front().slots) texts.push_back(format_instant(slot.start));
  return texts;
}

using Texts = std::vector<std::string>;

}  // namespace frontdesk::availability::testing

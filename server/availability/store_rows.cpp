#include "availability/store_rows.hpp"

#include "core/ensure.hpp"
#include "core/error.hpp"

#include <algorithm>
#include <optional>

namespace frontdesk::availability::store {
namespace {

using std::chrono::days;
using std::chrono::minutes;

/// Calls `add(number, hours)` for each run of three.
template <class Add>
void read_hours(const std::vector<std::int16_t>& numbers, Add add) {
  ENSURE(numbers.size() % 3 == 0);
  for (std::size_t i = 0; i < numbers.size(); i += 3) {
    const Hours hours{LocalTime{numbers[i + 1]}, LocalTime{numbers[i + 2]}};
    // The arrays of an override have no constraint for each of their elements.
    const bool is_interval =
        LocalTime{0} <= hours.start && hours.start < hours.end && hours.end <= LocalTime{days{1}};
    if (is_interval) add(numbers[i], hours);
  }
}

}  // namespace

Zone zone_of(std::string_view name) {
  if (const auto zone = Zone::find(name)) return *zone;
  throw Fault("settings.timezone is not a time zone: " + std::string(name), unavailable());
}

minutes minutes_at(const db::Row& row, int column) {
  return minutes{row.get<std::int32_t>(column)};
}

ServiceRules rules_at(const db::Row& row, int first) {
  const auto own_notice = row.get<std::optional<std::int32_t>>(first + 3);
  const auto own_horizon = row.get<std::optional<std::int32_t>>(first + 5);
  return {.duration = minutes_at(row, first),
          .buffer_before = minutes_at(row, first + 1),
          .buffer_after = minutes_at(row, first + 2),
          .min_notice = own_notice ? std::optional(minutes{*own_notice}) : std::nullopt,
          .max_advance = own_horizon ? std::optional(days{*own_horizon}) : std::nullopt,
          .capacity = row.get<std::int32_t>(first + 4)};
}

Week weekly_at(const db::Row& row, int column) {
  Week weekly;
  read_hours(row.get<std::vector<std::int16_t>>(column), [&](std::int16_t weekday, Hours hours) {
    weekly.at(static_cast<std::size_t>(weekday)).push_back(hours);
  });
  return weekly;
}

std::vector<DateOverride> overrides_at(const db::Row& row, int dates, LocalDate first) {
  std::vector<DateOverride> overrides;
  for (const LocalDate date : row.get<std::vector<LocalDate>>(dates))
    overrides.push_back({date, {}});
  read_hours(row.get<std::vector<std::int16_t>>(dates + 1), [&](std::int16_t day, Hours hours) {
    const auto date = std::ranges::find(overrides, first + days{day}, &DateOverride::date);
    if (date != overrides.end()) date->hours.push_back(hours);
  });
  return overrides;
}

}  // namespace frontdesk::availability::store

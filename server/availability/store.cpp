#include "availability/store.hpp"

#include "availability/statements.hpp"
#include "core/ensure.hpp"

#include <algorithm>

namespace frontdesk::availability::store {
namespace {

using std::chrono::days;
using std::chrono::minutes;

/// A display zone and the business's are up to 26 hours apart, and an appointment may reach into
/// the day after its own.
constexpr days date_margin{3};
/// Before and after that, an occupation cannot touch an appointment of these dates in any zone:
/// both are at most a day long, with buffers of at most eight hours.
constexpr days occupation_margin{3};

Instant utc_midnight(LocalDate date) {
  return std::chrono::sys_days{date.time_since_epoch()};
}

/// Settings come from the database: a zone that does not exist there is nobody's input.
Zone zone_of(std::string_view name) {
  if (const auto zone = Zone::find(name)) return *zone;
  throw Fault("settings.timezone is not a time zone: " + std::string(name), unavailable());
}

minutes minutes_at(const db::Row& row, int column) {
  return minutes{row.get<std::int32_t>(column)};
}

Result<Snapshot> read_rules(const db::Row& row) {
  const auto active = row.get<std::optional<bool>>(5);
  if (!active) return refuse(not_found("There is no such service."));
  if (!*active) {
    return refuse({.kind = ErrorKind::invalid,
                   .code = "service_inactive",
                   .message = "This service is not offered any more."});
  }
  const auto own_notice = row.get<std::optional<std::int32_t>>(9);
  return Snapshot{
      .now = row.get<Instant>(0),
      .zone = zone_of(row.get<std::string_view>(1)),
      .rules = {.slot_interval = minutes_at(row, 2),
                .min_notice = minutes_at(row, 3),
                .max_advance = days{row.get<std::int32_t>(4)}},
      .service = {.duration = minutes_at(row, 6),
                  .buffer_before = minutes_at(row, 7),
                  .buffer_after = minutes_at(row, 8),
                  .min_notice = own_notice ? std::optional(minutes{*own_notice}) : std::nullopt,
                  .capacity = row.get<std::int32_t>(10)},
      .closures = row.get<std::vector<LocalDate>>(11)};
}

/// Calls `add(number, hours)` for each run of three: a weekday or a day, start and end.
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

StaffSchedule read_schedule(const db::Row& row, const Zone& zone, LocalDate first) {
  StaffSchedule member{.id = row.get<StaffId>(0), .zone = zone};
  read_hours(row.get<std::vector<std::int16_t>>(1), [&](std::int16_t weekday, Hours hours) {
    member.weekly[static_cast<std::size_t>(weekday)].push_back(hours);
  });
  for (const LocalDate date : row.get<std::vector<LocalDate>>(2)) {
    member.overrides.push_back({date, {}});
  }
  read_hours(row.get<std::vector<std::int16_t>>(3), [&](std::int16_t day, Hours hours) {
    const auto date = std::ranges::find(member.overrides, first + days{day}, &DateOverride::date);
    if (date != member.overrides.end()) date->hours.push_back(hours);
  });
  member.time_off = row.get<std::vector<TimeRange>>(4);
  for (const TimeRange& blocked : row.get<std::vector<TimeRange>>(5)) {
    member.occupations.push_back(
        {.id = {}, .appointment = blocked, .blocked = blocked, .session = {}});
  }
  return member;
}

void add_occupation(std::vector<StaffSchedule>& staff, const db::Row& row) {
  const auto member = std::ranges::find(staff, row.get<StaffId>(0), &StaffSchedule::id);
  if (member == staff.end()) return;
  const auto capacity = row.get<std::optional<std::int32_t>>(5);
  member->occupations.push_back(
      {.id = row.get<OccupationId>(1),
       .appointment = {row.get<Instant>(2), row.get<Instant>(3)},
       .blocked = row.get<TimeRange>(4),
       .session = capacity ? std::optional(Occupation::Seats{*capacity, row.get<std::int32_t>(6)})
                           : std::nullopt});
}

}  // namespace

Task<Result<Snapshot>> snapshot(db::Connection& connection, SnapshotRequest request,
                                Detail detail) {
  const LocalDate first = request.from - date_margin;
  const LocalDate last = request.to + date_margin;
  const Instant start = utc_midnight(request.from) - occupation_margin;
  const Instant end = utc_midnight(request.to) + occupation_margin + days{1};
  const bool is_blocked_enough = detail == Detail::blocked;
  const auto rows = co_await connection.execute_batch(
      db::Batch()
          .add(sql::find_rules, request.service, first, last)
          .add(sql::list_schedules, request.service, request.staff, first, last, start, end,
               is_blocked_enough)
          .add(is_blocked_enough ? sql::list_sessions : sql::list_occupied, request.service,
               request.staff, start, end));
  ENSURE(!rows[0].empty());
  auto snapshot = read_rules(rows[0][0]);
  if (!snapshot) co_return snapshot;
  for (const db::Row row : rows[1]) {
    snapshot->staff.push_back(read_schedule(row, snapshot->zone, first));
  }
  if (request.staff && snapshot->staff.empty()) {
    co_return refuse(not_found("There is nobody with this id who does this."));
  }
  for (const db::Row row : rows[2]) add_occupation(snapshot->staff, row);
  put_in_order(*snapshot);
  co_return snapshot;
}

Task<LocalDate> today(db::Connection& connection) {
  const auto rows = co_await connection.execute(sql::find_today);
  ENSURE(!rows.empty());
  const auto now = rows[0].get<Instant>(0);
  co_return zone_of(rows[0].get<std::string_view>(1)).to_local(now).date;
}

}  // namespace frontdesk::availability::store

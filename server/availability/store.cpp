#include "availability/store.hpp"

#include "availability/calendar.hpp"
#include "availability/statements.hpp"
#include "availability/store_rows.hpp"
#include "core/ensure.hpp"

#include <algorithm>

namespace frontdesk::availability::store {
namespace {

using std::chrono::days;

Result<Snapshot> read_rules(const db::Row& row) {
  const auto active = row.get<std::optional<bool>>(5);
  if (!active) return refuse(*check_offered(nullptr));
  const ServiceCopy service{.rules = rules_at(row, 6), .active = *active};
  if (auto refusal = check_offered(&service)) return refuse(std::move(*refusal));
  return Snapshot{.now = row.get<Instant>(0),
                  .zone = zone_of(row.get<std::string_view>(1)),
                  .rules = {.slot_interval = minutes_at(row, 2),
                            .min_notice = minutes_at(row, 3),
                            .max_advance = days{row.get<std::int32_t>(4)}},
                  .service = service.rules,
                  .closures = row.get<std::vector<LocalDate>>(12)};
}

StaffSchedule read_schedule(const db::Row& row, const Zone& zone, LocalDate first) {
  return {.id = row.get<StaffId>(0),
          .zone = zone,
          .weekly = weekly_at(row, 1),
          .overrides = overrides_at(row, 2, first),
          .time_off = row.get<std::vector<TimeRange>>(4)};
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

Task<Result<Snapshot>> snapshot(db::Connection& connection, SnapshotRequest request) {
  const LocalDate first = request.from - margin_of_dates;
  const LocalDate last = request.to + margin_of_dates;
  const TimeRange window = with_margin(request.from, request.to);
  const auto rows = co_await connection.execute_batch(
      db::Batch()
          .add(sql::find_rules, request.service, first, last)
          .add(sql::list_schedules, request.service, request.staff, first, last, window.start,
               window.end)
          .add(sql::list_occupied, request.service, request.staff, window.start, window.end));
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

}  // namespace frontdesk::availability::store

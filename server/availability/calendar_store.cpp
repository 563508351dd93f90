#include "availability/calendar_store.hpp"

#include "availability/statements.hpp"
#include "availability/store_rows.hpp"
#include "core/ensure.hpp"
#include "db/batch.hpp"

#include <algorithm>

namespace frontdesk::availability::store {
namespace {

using std::chrono::days;

BusinessCopy read_business(const db::Row& row) {
  return {.revision = row.get<std::int64_t>(0),
          .zone = zone_of(row.get<std::string_view>(1)),
          .rules = {.slot_interval = minutes_at(row, 2),
                    .min_notice = minutes_at(row, 3),
                    .max_advance = days{row.get<std::int32_t>(4)}},
          .closures = row.get<std::vector<LocalDate>>(5)};
}

MemberCopy read_member(const db::Row& row, LocalDate first, LocalDate last) {
  MemberCopy member{.id = row.get<StaffId>(0),
                    .revision = row.get<std::int64_t>(6),
                    .last = last,
                    .weekly = weekly_at(row, 1),
                    .overrides = overrides_at(row, 2, first),
                    .time_off = row.get<std::vector<TimeRange>>(4),
                    .blocked = row.get<std::vector<TimeRange>>(5)};
  std::ranges::sort(member.blocked);
  return member;
}

void add_session(std::vector<MemberCopy>& members, const db::Row& row) {
  const auto member = std::ranges::find(members, row.get<StaffId>(0), &MemberCopy::id);
  if (member == members.end()) return;
  member->sessions.push_back(
      {.service = row.get<ServiceId>(7),
       .occupation = {
           .id = row.get<OccupationId>(1),
           .appointment = {row.get<Instant>(2), row.get<Instant>(3)},
           .blocked = row.get<TimeRange>(4),
           .session = Occupation::Seats{row.get<std::int32_t>(5), row.get<std::int32_t>(6)}}});
}

}  // namespace

Task<Stamp> stamp(db::Connection& connection) {
  const auto rows = co_await connection.execute(sql::find_stamp);
  ENSURE(!rows.empty());
  co_return Stamp{.now = rows[0].get<Instant>(0),
                  .business = rows[0].get<std::int64_t>(1),
                  .calendars = rows[0].get<std::int64_t>(2)};
}

Task<std::map<StaffId, std::int64_t>> calendar_revisions(db::Connection& connection) {
  const auto rows = co_await connection.execute(sql::list_calendar_revisions);
  std::map<StaffId, std::int64_t> revisions;
  for (const db::Row row : rows) revisions.emplace(row.get<StaffId>(0), row.get<std::int64_t>(1));
  co_return revisions;
}

Task<BusinessCopy> business(db::Connection& connection) {
  const auto rows = co_await connection.execute_batch(
      db::Batch()
          .add(sql::find_business, static_cast<std::int32_t>(margin_of_dates.count()))
          .add(sql::list_offered)
          .add(sql::list_who_does_what));
  ENSURE(!rows[0].empty());
  BusinessCopy business = read_business(rows[0][0]);
  for (const db::Row row : rows[1]) {
    business.services.emplace(row.get<ServiceId>(0),
                              ServiceCopy{.rules = rules_at(row, 2), .active = row.get<bool>(1)});
  }
  for (const db::Row row : rows[2]) {
    const auto service = business.services.find(row.get<ServiceId>(0));
    if (service != business.services.end()) {
      service->second.staff.push_back(row.get<StaffId>(1));
    }
  }
  co_return business;
}

Task<std::vector<MemberCopy>> members(db::Connection& connection, std::span<const StaffId> ids,
                                      LocalDate first, LocalDate last) {
  const LocalDate from = first - margin_of_dates;
  const TimeRange window = with_margin(first, last);
  const auto rows = co_await connection.execute_batch(
      db::Batch()
          .add(sql::list_calendars, ids, from, last + margin_of_dates, window.start, window.end)
          .add(sql::list_sessions, ids, window.start, window.end));
  std::vector<MemberCopy> members;
  members.reserve(rows[0].size());
  for (const db::Row row : rows[0]) members.push_back(read_member(row, from, last));
  for (const db::Row row : rows[1]) add_session(members, row);
  co_return members;
}

}  // namespace frontdesk::availability::store

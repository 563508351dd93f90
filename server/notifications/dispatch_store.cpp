#include "notifications/dispatch_store.hpp"

#include "notifications/statements.hpp"

#include <utility>

namespace frontdesk::notifications::store {

Task<BusinessRow> business(db::Connection& connection) {
  const auto rows = co_await connection.execute(sql::read_business);
  const db::Row row = rows[0];
  BusinessRow business{.name = row.get<std::string>(0),
                       .address = row.get<std::string>(1),
                       .locale = row.get<std::string>(2),
                       .zone = Zone::find(row.get<std::string>(3)).value_or(Zone::utc()),
                       .reminder_offsets = {},
                       .now = row.get<Instant>(5),
                       .max_sms_per_hour = row.get<std::int32_t>(6)};
  for (const auto minutes : row.get<std::vector<std::int32_t>>(4)) {
    business.reminder_offsets.emplace_back(minutes);
  }
  co_return business;
}

Task<std::vector<UserId>> administrators(db::Connection& connection) {
  const auto rows = co_await connection.execute(sql::find_administrators);
  std::vector<UserId> found;
  for (const db::Row row : rows) found.push_back(row.get<UserId>(0));
  co_return found;
}

Task<std::optional<UserId>> login_of(db::Connection& connection, StaffId member) {
  const auto rows = co_await connection.execute(sql::find_login_of_member, member);
  if (rows.empty()) co_return std::nullopt;
  co_return rows[0].get<UserId>(0);
}

Task<std::optional<Reminded>> reminded(db::Connection& connection, AppointmentId id) {
  const auto rows = co_await connection.execute(sql::find_reminded, id);
  if (rows.empty()) co_return std::nullopt;
  const db::Row row = rows[0];
  co_return Reminded{.status = row.get<std::string>(0),
                     .starts_at = row.get<Instant>(1),
                     .timezone = row.get<std::string>(2),
                     .duration_minutes = row.get<std::int32_t>(3),
                     .price = {row.get<std::int64_t>(4), row.get<std::string>(5)},
                     .party_size = row.get<std::int32_t>(6),
                     .service = row.get<std::string>(7),
                     .staff = row.get<std::string>(8),
                     .user = row.get<std::optional<UserId>>(9),
                     .customer = row.get<std::string>(10),
                     .walk_in_email = row.get<std::string>(11)};
}

Task<bool> note_sms(db::Connection& connection, const Uuid& message, const Uuid& number,
                    std::int32_t most_per_hour) {
  db::Batch batch;
  batch.add(sql::lock_sms_number, number);
  batch.add(sql::insert_sms_send, message, number, most_per_hour);
  const auto results = co_await connection.execute_batch(std::move(batch));
  co_return !results[1].empty();
}

Task<void> delete_old_sms(db::Connection& connection, std::int64_t limit) {
  co_await connection.execute(sql::delete_old_sms_sends, limit);
}

Task<std::vector<AgendaRow>> agenda(db::Connection& connection, StaffId member,
                                    const TimeRange& day) {
  const auto rows = co_await connection.execute(sql::list_agenda, member, day.start, day.end);
  std::vector<AgendaRow> found;
  for (const db::Row row : rows) {
    found.push_back({row.get<Instant>(0), row.get<Instant>(1), row.get<std::string>(2),
                     row.get<std::string>(3)});
  }
  co_return found;
}

Task<std::vector<MembersDay>> members_days(db::Connection& connection, const TimeRange& day) {
  const auto rows = co_await connection.execute(sql::list_members_days, day.start, day.end);
  std::vector<MembersDay> found;
  for (const db::Row row : rows) {
    found.push_back({row.get<StaffId>(0), row.get<UserId>(1), row.get<Instant>(2)});
  }
  co_return found;
}

}  // namespace frontdesk::notifications::store

#pragma once

#include "core/instant.hpp"
#include "core/money.hpp"
#include "core/task.hpp"
#include "core/time_range.hpp"
#include "core/uuid.hpp"
#include "core/zone.hpp"
#include "db/connection.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// What the dispatcher reads: with the other stores the only place that names SQL.
namespace frontdesk::notifications::store {

struct BusinessRow {
  std::string name;
  std::string address;
  std::string locale;
  Zone zone;
  std::vector<std::chrono::minutes> reminder_offsets;  ///< before a start
  Instant now;                                         ///< when the transaction began (R62)
  std::int32_t max_sms_per_hour;                       ///< to one number (R22)
};
Task<BusinessRow> business(db::Connection& connection);

/// Active accounts that may change the settings; at most 50.
Task<std::vector<UserId>> administrators(db::Connection& connection);

/// The login of an active member; nothing where they have none.
Task<std::optional<UserId>> login_of(db::Connection& connection, StaffId member);

/// An appointment as its reminder tells it.
struct Reminded {
  std::string status;
  Instant starts_at;
  std::string timezone;
  std::int32_t duration_minutes;
  Money price;
  std::int32_t party_size;
  std::string service;
  std::string staff;
  std::optional<UserId> user;
  std::string customer;
  std::string walk_in_email;  ///< may be empty
};
Task<std::optional<Reminded>> reminded(db::Connection& connection, AppointmentId id);

/// Notes that the SMS `message` leaves for a number, which `number` stands for. False where
/// `most_per_hour` have left for it within the hour, or this one is noted already. Dispatches for
/// one number take turns until their transactions end.
Task<bool> note_sms(db::Connection& connection, const Uuid& message, const Uuid& number,
                    std::int32_t most_per_hour);

/// Forgets those of which a day has passed.
Task<void> delete_old_sms(db::Connection& connection, std::int64_t limit);

/// One of a member's appointments that are to take place.
struct AgendaRow {
  Instant starts_at;
  Instant ends_at;
  std::string service;
  std::string customer;
};
/// Those that begin in `day`, the earliest first; at most 500.
Task<std::vector<AgendaRow>> agenda(db::Connection& connection, StaffId member,
                                    const TimeRange& day);

/// A member with a login who has something to do.
struct MembersDay {
  StaffId member;
  UserId login;
  Instant first_start;
};
Task<std::vector<MembersDay>> members_days(db::Connection& connection, const TimeRange& day);

}  // namespace frontdesk::notifications::store

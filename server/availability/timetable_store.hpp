#pragma once

#include "availability/timetables.hpp"
#include "db/connection.hpp"

#include <optional>
#include <vector>

/// The hours of members: with store.hpp the only place of this feature that names SQL.
namespace frontdesk::availability::store {

/// Nothing: there is no such member, or, unless `left_too`, they have left.
Task<std::optional<WorkingWeek>> week(db::Connection& connection, StaffId id, bool left_too);
Task<void> replace_week(db::Connection& connection, StaffId id, const Week& days);

/// What the database's clock (R62) and the business's say.
struct Clock {
  Instant now;
  Zone zone;
  [[nodiscard]] LocalDate today() const { return zone.to_local(now).date; }
};
Task<Clock> clock(db::Connection& connection);

/// The booked appointments of a member that touch `time`, are not over, and for which the member is
/// not at work (find_outside).
Task<catalog::Affected> outside_working_time(db::Connection& connection, StaffId id,
                                             const TimeRange& time);

/// Who looks at which member: the member's own login, or one that sees everyone (R16).
struct Look {
  StaffId member;
  UserId user;
  bool sees_all;

  /// The caller is logged in (ENSURE).
  static Look of(const Actor& actor, StaffId member);
};
/// The zone of the member's hours. Nothing: nobody whom the caller may look at.
Task<std::optional<Zone>> shown_member(db::Connection& connection, const Look& look);

Task<Page<DateOverride>> overrides(db::Connection& connection, const Look& look, DayFilter filter,
                                   PageRequest<LocalDate> page);
/// These two are for a member who is held (staff::hold).
Task<std::optional<DateOverride>> find_override(db::Connection& connection, StaffId id,
                                                LocalDate date);
/// Puts `day` in place of what its date had, if `replaces`; else refuses it with `limit_reached`
/// where the member has max_overrides from `today` on.
Task<Result<void>> put_override(db::Connection& connection, StaffId id, const DateOverride& day,
                                bool replaces, LocalDate today);
/// Whether there was one.
Task<bool> delete_override(db::Connection& connection, StaffId id, LocalDate date);

/// Time from `from` on, up to, not including, `to`.
struct Bounds {
  std::optional<Instant> from = {};
  std::optional<Instant> to = {};
};
Task<Page<TimeOff>> time_off(db::Connection& connection, const Look& look, const Bounds& bounds,
                             const PageRequest<TimeOffKey>& page);
/// For a member who is held. Refuses with `time_off_exists` and `limit_reached`.
Task<Result<void>> insert_time_off(db::Connection& connection, const TimeOff& time_off);
/// Whether the member had it.
Task<bool> delete_time_off(db::Connection& connection, StaffId id, TimeOffId time_off);

}  // namespace frontdesk::availability::store

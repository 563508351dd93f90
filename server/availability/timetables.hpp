#pragma once

#include "availability/snapshot.hpp"
#include "availability/time_off.hpp"
#include "catalog/catalog.hpp"
#include "core/actor.hpp"
#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/page.hpp"
#include "core/task.hpp"
#include "db/pool.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace frontdesk::availability {

/// An ordinary week of one member, by the wall clock of `timezone`.
struct WorkingWeek {
  std::string timezone;  ///< IANA id
  Week days;             ///< each in order of start
};

/// A week that has been set, and whom to call: the booked appointments that lie outside of the
/// member's working time as it is now.
struct NewWeek {
  WorkingWeek week;
  catalog::Affected affected;
};

/// A page of dates with hours of their own, by the wall clock of `timezone`.
struct Overrides {
  std::string timezone;  ///< IANA id
  Page<DateOverride> page;
};

/// A date that has been given hours of its own, or the week's again, and whom to call: the booked
/// appointments that touch the date and lie outside of the working time as it is now.
struct NewOverride {
  std::string timezone;  ///< IANA id
  DateOverride day;
  catalog::Affected affected;
};

/// An absence that has been entered, and whom to call: the booked appointments that it touches.
struct EnteredTimeOff {
  TimeOff time_off;
  catalog::Affected affected;
};

/// Days of the business's calendar from `from` to `to`, both included; an absent bound does not
/// narrow.
struct DayFilter {
  std::optional<LocalDate> from = {};
  std::optional<LocalDate> to = {};
};

/// Sort key of the list of absences.
struct TimeOffKey {
  Instant starts_at;
  TimeOffId id;
};

/// When members of staff work. Writing is one transaction with its audit entry, under the lock that
/// bookings of the member take (R52), so that a booking is either among the affected or is judged
/// by what has been written; the route has made sure of the permission. What changes nothing leaves
/// no entry. An absent member is refused with not_found. Weekly hours are open to everyone; single
/// days and absences are seen by the member's own login and by those with staff.manage, to others
/// the member is absent (R16). Throws what db::Pool and db::Connection throw.
class Timetables {
 public:
  static constexpr std::int64_t max_overrides = 1000;  ///< of a member, from today on
  static constexpr std::int64_t max_time_off = 500;    ///< of a member, that are not over

  /// `pool` must outlive it.
  explicit Timetables(db::Pool& pool) : pool_(pool) {}

  /// Who has left is there for those with staff.manage alone.
  Task<Result<WorkingWeek>> week(const Actor& actor, StaffId id, Deadline deadline);

  /// Puts `days`, each in order and without overlap, in place of the week before; the member gets a
  /// new version. Refuses another version of the member than `version` with 412 `stale`.
  Task<Result<NewWeek>> set_week(const Actor& actor, StaffId id, const Week& days,
                                 std::optional<std::int64_t> version, Deadline deadline);

  /// By date.
  Task<Result<Overrides>> overrides(const Actor& actor, StaffId id, DayFilter filter,
                                    PageRequest<LocalDate> page, Deadline deadline);

  /// On this date the member works these hours alone, which are in order and without overlap; none:
  /// not at all. Takes the place of what the date had. Refuses a date before today (of the
  /// business's clock) with 422, and one too many with 422 `limit_reached`.
  Task<Result<NewOverride>> set_override(const Actor& actor, StaffId id, const DateOverride& day,
                                         Deadline deadline);

  /// The date follows the weekly hours again, which `day` has then. Refuses one that does so
  /// already with not_found.
  Task<Result<NewOverride>> remove_override(const Actor& actor, StaffId id, LocalDate date,
                                            Deadline deadline);

  /// By start: what touches the days of `filter`.
  Task<Result<Page<TimeOff>>> time_off(const Actor& actor, StaffId id, DayFilter filter,
                                       PageRequest<TimeOffKey> page, Deadline deadline);

  /// Absences may overlap. Refuses what check_time_off refuses by the database's clock (R62), the
  /// very time of another one with 409 `time_off_exists`, so that a request which comes twice has
  /// one effect, and one too many with 422 `limit_reached`.
  Task<Result<EnteredTimeOff>> add_time_off(const Actor& actor, StaffId id,
                                            const NewTimeOff& time_off, Deadline deadline);

  /// Refuses one that is not of this member with not_found.
  Task<Result<void>> remove_time_off(const Actor& actor, StaffId id, TimeOffId time_off,
                                     Deadline deadline);

 private:
  db::Pool& pool_;
};

}  // namespace frontdesk::availability

#pragma once

#include "availability/snapshot.hpp"
#include "core/error.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

/// Copies of what decides free time, in memory. They never change: a change makes a new copy, so
/// that an answer under way keeps the one it began with.
namespace frontdesk::availability {

/// What is asked of a service's members, wherever they work.
struct ServiceCopy {
  ServiceRules rules;
  bool active;
  std::vector<StaffId> staff = {};  ///< the active members who do it, in the business's order
};

/// What holds for the whole business.
struct BusinessCopy {
  std::int64_t revision;  ///< catalogue_revision when it was read, or before
  Zone zone;
  BookingRules rules;
  std::vector<LocalDate> closures = {};  ///< in order, from a few days before it was read
  std::map<ServiceId, ServiceCopy> services = {};
};

/// One member's calendar, from a few days before it was read until `last`.
struct MemberCopy {
  /// A session of a class, with its seats.
  struct Session {
    ServiceId service;
    Occupation occupation;
  };

  StaffId id;
  std::int64_t revision;  ///< of calendar_revisions when it was read, or before
  LocalDate last;         ///< included
  Week weekly = {};
  std::vector<DateOverride> overrides = {};
  std::vector<TimeRange> time_off = {};
  std::vector<TimeRange> blocked = {};  ///< all time that is taken, sessions too; by start
  std::vector<Session> sessions = {};

  /// How many intervals it holds, for a bound on memory.
  [[nodiscard]] std::size_t size() const;
};

/// One service with all that decides its free time.
struct ServiceCalendar {
  std::uint64_t edition;  ///< never the same for two calendars of one process
  std::shared_ptr<const BusinessCopy> business;
  ServiceId service;
  std::vector<std::shared_ptr<const MemberCopy>> members = {};  ///< in the business's order
  LocalDate last;  ///< every member is covered until then, included

  [[nodiscard]] const ServiceRules& rules() const { return business->services.at(service).rules; }
};

/// The snapshot that load_snapshot would read, but for the ids of occupations, which only a booking
/// needs. Refuses a member who does not do the service with not_found. Complete where `to`, or the
/// last bookable date, is at most `calendar.last`.
Result<Snapshot> snapshot_of(const ServiceCalendar& calendar, Instant now,
                             std::optional<StaffId> staff, LocalDate from, LocalDate to);

/// The refusal of a service that is unknown (nullptr) or retired.
std::optional<Error> check_offered(const ServiceCopy* service);

/// How far around the dates of an answer hours, overrides and occupations can matter: a display
/// zone and the business's are up to 26 hours apart, and an appointment with its buffers is less
/// than two days long.
inline constexpr std::chrono::days margin_of_dates{3};

/// The time from `from` to `to` (dates of any zone, included) with margin_of_dates on both sides.
TimeRange with_margin(LocalDate from, LocalDate to);

}  // namespace frontdesk::availability

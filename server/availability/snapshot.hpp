#pragma once

#include "core/civil.hpp"
#include "core/instant.hpp"
#include "core/time_range.hpp"
#include "core/uuid.hpp"
#include "core/zone.hpp"

#include <array>
#include <chrono>
#include <optional>
#include <vector>

/// What is free, and why: one pure engine for the listing of slots and for booking (R57). It reads
/// a Snapshot and knows neither database nor clock. docs/time.md explains the rules.
namespace frontdesk::availability {

/// An interval of working hours by the wall clock: from `start` up to, not including, `end`.
/// 0 <= start < end <= 24:00.
struct Hours {
  LocalTime start;
  LocalTime end;

  friend auto operator<=>(const Hours&, const Hours&) = default;
};

/// An ordinary week: by weekday, 0 = Sunday; several intervals on a day leave breaks.
using Week = std::array<std::vector<Hours>, 7>;

/// A date that follows hours of its own in place of the weekly ones; none means closed.
struct DateOverride {
  LocalDate date;
  std::vector<Hours> hours;
};

/// Time that a staff member has given away. Only active ones are listed: pending, confirmed, held.
struct Occupation {
  struct Seats {
    int capacity;
    int booked;
  };

  OccupationId id;
  TimeRange appointment;         ///< what the customer sees
  TimeRange blocked;             ///< with the buffers before and after
  std::optional<Seats> session;  ///< a session of the very service asked for; others have no seats
};

/// When one staff member works and what is taken already. Lists are in order (see put_in_order).
struct StaffSchedule {
  StaffId id;
  Zone zone;  ///< working hours are wall time of this zone
  Week weekly = {};
  std::vector<DateOverride> overrides = {};  ///< by date
  std::vector<TimeRange> time_off = {};      ///< by start
  std::vector<Occupation> occupations = {};  ///< by blocked.start
};

/// What is to be booked.
struct ServiceRules {
  std::chrono::minutes duration;         ///< 1 to 1440 minutes
  std::chrono::minutes buffer_before{};  ///< kept free before an appointment, in and out of hours
  std::chrono::minutes buffer_after{};
  std::optional<std::chrono::minutes> min_notice = {};  ///< in place of the business's
  std::optional<std::chrono::days> max_advance = {};    ///< in place of the business's
  int capacity = 1;                                     ///< seats; more than 1 is a class
};

/// What holds for every booking of the business.
struct BookingRules {
  std::chrono::minutes slot_interval;  ///< 1 to 1440 minutes
  std::chrono::minutes min_notice{};
  std::chrono::days max_advance;  ///< the last bookable date is this many days after today
};

/// All that decides what is free, as it stood at one moment.
struct Snapshot {
  Instant now;  ///< by the database clock (R62)
  Zone zone;    ///< the business's: closures and the horizon are dates of its calendar
  BookingRules rules;
  ServiceRules service;
  std::vector<LocalDate> closures = {};   ///< in order
  std::vector<StaffSchedule> staff = {};  ///< in the order in which answers list them
};

/// Sorts every list of the snapshot as the engine wants it. Call it after filling one by hand.
void put_in_order(Snapshot& snapshot);

/// The last date, of the business's calendar, on which the service can be booked.
inline LocalDate last_date(const Snapshot& snapshot) {
  return snapshot.zone.to_local(snapshot.now).date +
         snapshot.service.max_advance.value_or(snapshot.rules.max_advance);
}

/// Whether `service` is given to several parties at once.
inline bool is_class(const ServiceRules& service) {
  return service.capacity > 1;
}

}  // namespace frontdesk::availability

#pragma once

#include "core/civil.hpp"
#include "core/instant.hpp"
#include "core/time_range.hpp"
#include "core/uuid.hpp"
#include "core/zone.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace frontdesk::catalog {

/// A day on which the whole business is closed, in the business's calendar.
struct Closure {
  LocalDate date;
  std::string reason;
};

/// A booked appointment (pending or confirmed) for which nobody is there any more. Without the
/// customer: who may change opening hours need not see everyone's appointments.
struct AffectedAppointment {
  AppointmentId id;
  ServiceId service;
  std::string service_name;
  StaffId staff;
  std::string staff_name;
  Instant starts_at;
  Instant ends_at;
  std::string status;
};

/// The appointments that a change of opening hours leaves outside of them, by start; those that are
/// over do not count.
struct Affected {
  static constexpr int limit = 100;
  std::vector<AffectedAppointment> items;  ///< at most `limit`
  std::int64_t total = 0;
};

/// A new closure, and whom to call.
struct Closing {
  Closure closure;
  Affected affected;
};

/// All of `date` by the clock of `zone`, from its first instant to the first of the day after,
/// half-open: 23 or 25 hours where the clock is changed, empty where the zone skips the day.
TimeRange whole_day(LocalDate date, const Zone& zone);

}  // namespace frontdesk::catalog

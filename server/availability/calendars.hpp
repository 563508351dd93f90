#pragma once

#include "availability/calendar.hpp"
#include "core/deadline.hpp"
#include "core/task.hpp"
#include "db/pool.hpp"

#include <cstddef>
#include <memory>

namespace frontdesk::availability {

/// Copies of the calendars of one thread, asked for by service and never out of date: an answer
/// shows every change that was committed before it was asked for, whichever server, or psql, made
/// it. (ADR 0007.)
///
/// PostgreSQL is asked for one row before any answer. All who ask while such a look is under way
/// share the next one, so that ten thousand answers a second cost a few thousand looks.
class Calendars {
 public:
  struct Look {
    Instant now;  ///< by the database clock, when the copies were found right
    std::shared_ptr<const ServiceCalendar> calendar;
  };

  /// `pool` must outlive the last task of look(). At most about `max_intervals` are kept.
  explicit Calendars(db::Pool& pool, std::size_t max_intervals = 1'000'000);
  Calendars(const Calendars&) = delete;
  Calendars& operator=(const Calendars&) = delete;
  ~Calendars();

  /// The calendar of a service, for dates until `last` or the last bookable one. Refuses an unknown
  /// service with not_found, a retired one with 422 `service_inactive`. Throws what db::Pool and
  /// db::Connection throw, DeadlinePassed when `deadline` comes first.
  Task<Result<Look>> look(ServiceId service, LocalDate last, Deadline deadline);

 private:
  class Core;
  std::shared_ptr<Core> core_;
};

}  // namespace frontdesk::availability

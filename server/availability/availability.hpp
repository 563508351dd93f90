#pragma once

#include "availability/calendars.hpp"
#include "availability/check.hpp"
#include "availability/local_time.hpp"
#include "availability/slots.hpp"
#include "availability/snapshot.hpp"
#include "availability/timetables.hpp"
#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/task.hpp"
#include "db/connection.hpp"
#include "db/pool.hpp"

#include <optional>
#include <span>
#include <string>

#include <boost/json/object.hpp>

/// The façade of the feature: what is free, read from the database.
namespace frontdesk::availability {

/// Whose schedules a snapshot holds, and for which dates.
struct SnapshotRequest {
  ServiceId service;
  std::optional<StaffId> staff = {};  ///< nothing: every active member who does the service
  LocalDate from;                     ///< of any zone: the days around are loaded as well
  LocalDate to;                       ///< included
};

/// Reads settings, service, staff, hours, overrides, time off, closures, occupations and the
/// database's clock in one round trip. Inside a transaction it sees what the transaction sees, so a
/// booking calls it after it has taken the staff locks (R52). Members come in the business's order.
/// Refuses an unknown service, and a member who is unknown, has left or does not do the service,
/// with not_found; a retired service with 422 `service_inactive`. Throws what Connection throws.
Task<Result<Snapshot>> load_snapshot(db::Connection& connection, SnapshotRequest request);

/// The answer of api.md with the ids that it names.
struct Answer {
  FreeSlots slots;
  std::vector<StaffId> staff;  ///< by the index that FreeSlots::staff_of gives
  Instant holds_before;  ///< until then the same calendar gives the same answer: no slot becomes
                         ///< too soon, and no date bookable
};

struct SlotsRequest {
  ServiceId service;
  std::optional<StaffId> staff = {};
  LocalDate from;
  LocalDate to;                      ///< included; at most longest_span
  std::optional<Zone> display = {};  ///< nothing: the business's
  int party_size = 1;
};

struct NextRequest {
  ServiceId service;
  std::optional<StaffId> staff = {};
  std::optional<Zone> display = {};
  int party_size = 1;
  std::size_t count = 5;
};

/// Public reading of what is free, from copies of the calendars.
class Availability {
 public:
  using View = Calendars::Look;

  /// `pool` must outlive it.
  explicit Availability(db::Pool& pool) : calendars_(pool) {}

  /// All that an answer to `request` is made of. Refuses and throws what Calendars::look does.
  Task<Result<View>> view(const SlotsRequest& request, Deadline deadline) {
    return calendars_.look(request.service, request.to, deadline);
  }

  /// The first free slots from now on; fewer, or none, where the horizon ends first. Days without
  /// a slot are left out. Refuses what view and free_slots refuse.
  Task<Result<Answer>> next(NextRequest request, Deadline deadline);

 private:
  Calendars calendars_;
};

/// The free slots of `request` as `view`, which was made for it, shows them. Refuses a member who
/// does not do the service with not_found.
Result<Answer> free_slots(const Availability::View& view, const SlotsRequest& request);

/// `{timezone, alternatives: [{date, time, starts_at, ends_at, staff_ids, seats_left?}]}`: the
/// details of a 409 `slot_taken`, at most `count` slots around `wanted`, in the business's zone.
/// `snapshot` covers the dates around it, for instance alternatives_span on either side.
boost::json::object alternatives_to(const Snapshot& snapshot, Instant wanted, int party_size,
                                    std::size_t count = 3);

/// How far from a wanted start alternatives are looked for.
inline constexpr std::chrono::days alternatives_span{14};

}  // namespace frontdesk::availability

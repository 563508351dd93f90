#pragma once

#include "availability/check.hpp"
#include "availability/local_time.hpp"
#include "availability/slots.hpp"
#include "availability/snapshot.hpp"
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

/// Public reading of what is free.
class Availability {
 public:
  /// `pool` must outlive it.
  explicit Availability(db::Pool& pool) : pool_(pool) {}

  /// Refuses what load_snapshot refuses.
  Task<Result<Answer>> slots(SlotsRequest request, Deadline deadline);

  /// The first free slots from now on; fewer, or none, where the horizon ends first. Days without
  /// a slot are left out.
  Task<Result<Answer>> next(NextRequest request, Deadline deadline);

 private:
  db::Pool& pool_;
};

/// `{timezone, alternatives: [{date, time, starts_at, ends_at, staff_ids, seats_left?}]}`: the
/// details of a 409 `slot_taken`, at most `count` slots around `wanted`, in the business's zone.
/// `snapshot` covers the dates around it, for instance alternatives_span on either side.
boost::json::object alternatives_to(const Snapshot& snapshot, Instant wanted, int party_size,
                                    std::size_t count = 3);

/// How far from a wanted start alternatives are looked for.
inline constexpr std::chrono::days alternatives_span{14};

}  // namespace frontdesk::availability

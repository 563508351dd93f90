#include "audit/audit.hpp"
#include "availability/timetable_store.hpp"
#include "availability/timetables.hpp"
#include "core/ensure.hpp"
#include "db/transaction.hpp"
#include "staff/staff.hpp"

namespace frontdesk::availability {
namespace {

struct Call {
  const Actor& actor;
  StaffId id;
  const Week& days;
  std::optional<std::int64_t> version;
};

Task<Result<NewWeek>> set_week_in(db::Transaction& transaction, Call& call) {
  auto& connection = transaction.connection();
  if (auto held = co_await staff::hold(connection, call.id, call.version); !held) {
    co_return refuse(std::move(held.error()));
  }
  auto week = co_await store::week(connection, call.id, true);
  ENSURE(week.has_value());
  if (week->days != call.days) {
    week->days = call.days;
    co_await store::replace_week(connection, call.id, call.days);
    co_await staff::bump_version(connection, call.id);
    co_await audit::record(connection, call.actor, {"staff", "working_hours"}, call.id,
                           {"working_hours"});
  }
  auto affected = co_await store::outside_working_time(connection, call.id,
                                                       {earliest_instant, end_of_instants});
  co_return NewWeek{std::move(*week), std::move(affected)};
}

}  // namespace

Task<Result<NewWeek>> Timetables::set_week(const Actor& actor, StaffId id, const Week& days,
                                           std::optional<std::int64_t> version, Deadline deadline) {
  Call call{actor, id, days, version};
  co_return co_await db::in_transaction(pool_, deadline, &set_week_in, call);
}

}  // namespace frontdesk::availability

#include "availability/calendars.hpp"

#include "availability/calendar_store.hpp"
#include "db/sql_error.hpp"

#include <algorithm>
#include <exception>
#include <iterator>
#include <set>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace frontdesk::availability {
namespace {

using std::chrono::days;

/// A round reads little; those who wait for it and for the one before must still have an answer
/// within the time of a request (R43).
constexpr std::chrono::seconds round_limit{4};
/// How far a calendar is read beyond what was asked for, so that the next month's question finds
/// it.
constexpr days stretch{32};
constexpr std::size_t members_a_read = 500;

using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Executor>;

/// What was asked for since the round before began.
struct Round {
  explicit Round(const Executor& executor) : done(executor, Deadline::max()) {}

  std::map<ServiceId, LocalDate> wishes;  ///< until when
  Timer done;                             ///< cancelled at the end
  bool is_over = false;
  std::exception_ptr fault;
  Instant now{};
  std::map<ServiceId, Result<std::shared_ptr<const ServiceCalendar>>> found;
};

LocalDate end_of_stretch(LocalDate date) {
  const auto past = date.time_since_epoch() % stretch;
  return date - past + stretch;
}

/// Nothing after it decides free time.
LocalDate last_of(const BusinessCopy& business, const ServiceCopy& service, LocalDate today) {
  return today + service.rules.max_advance.value_or(business.rules.max_advance) + margin_of_dates;
}

}  // namespace

/// Shared with the coroutine of the rounds, so that it outlives whoever goes first.
class Calendars::Core {
 public:
  Core(db::Pool& pool, std::size_t max_intervals) : pool_(pool), max_intervals_(max_intervals) {}

  static Task<Result<Look>> look(std::shared_ptr<Core> self, ServiceId service, LocalDate last,
                                 Deadline deadline);

 private:
  static Task<void> run_rounds(std::shared_ptr<Core> self);
  Task<void> run(Round& round);
  /// Lets go of what the database says is out of date.
  Task<void> compare(db::Connection& connection, const store::Stamp& stamp);
  /// Who has to be read for the wishes of a round, and until when.
  struct Missing {
    std::vector<StaffId> members;
    LocalDate last;
  };
  Missing missing_for(const Round& round, LocalDate today) const;
  Task<void> read_members(db::Connection& connection, LocalDate today, const Missing& missing);
  std::shared_ptr<const ServiceCalendar> calendar_of(ServiceId id, const ServiceCopy& service);
  void keep(MemberCopy member);
  /// With the calendars that it is part of.
  void forget(StaffId id);
  void forget_all();

  db::Pool& pool_;
  const std::size_t max_intervals_;

  std::shared_ptr<Round> next_;  ///< nobody works on it yet
  bool is_running_ = false;

  std::shared_ptr<const BusinessCopy> business_;
  std::int64_t calendars_ = 0;  ///< the sum of the revisions that members_ were compared with
  std::map<StaffId, std::shared_ptr<const MemberCopy>> members_;
  std::size_t intervals_ = 0;
  std::map<ServiceId, std::shared_ptr<const ServiceCalendar>> calendars_made_;
  std::uint64_t editions_ = 0;
};

Task<Result<Calendars::Look>> Calendars::Core::look(std::shared_ptr<Core> self, ServiceId service,
                                                    LocalDate last, Deadline deadline) {
  const auto executor = co_await asio::this_coro::executor;
  if (!self->next_) self->next_ = std::make_shared<Round>(executor);
  const auto round = self->next_;
  auto& until = round->wishes.try_emplace(service, last).first->second;
  until = std::max(until, last);
  if (!self->is_running_) {
    self->is_running_ = true;
    asio::co_spawn(executor, run_rounds(self), asio::detached);
  }
  // A timer of one's own for the deadline would cost more than the look: rounds have limits.
  constexpr asio::as_tuple_t<asio::use_awaitable_t<Executor>> awaited{};
  if (!round->is_over) co_await round->done.async_wait(awaited);
  if (!round->is_over || std::chrono::steady_clock::now() >= deadline) {
    throw db::DeadlinePassed("no look at the calendars before the deadline");
  }
  if (round->fault) std::rethrow_exception(round->fault);
  const auto& found = round->found.at(service);
  if (!found) co_return refuse(found.error());
  co_return Look{.now = round->now, .calendar = *found};
}

Task<void> Calendars::Core::run_rounds(std::shared_ptr<Core> self) {
  while (const auto round = std::exchange(self->next_, nullptr)) {
    try {
      co_await self->run(*round);
    } catch (...) {
      round->fault = std::current_exception();
    }
    round->is_over = true;
    round->done.cancel();
  }
  self->is_running_ = false;
}

Task<void> Calendars::Core::run(Round& round) {
  auto lease = co_await pool_.acquire(deadline_in(round_limit));
  const auto stamp = co_await store::stamp(*lease);
  co_await compare(*lease, stamp);
  round.now = stamp.now;

  const LocalDate today = business_->zone.to_local(stamp.now).date;
  Missing missing = missing_for(round, today);
  if (!missing.members.empty() && intervals_ > max_intervals_) {
    forget_all();
    missing = missing_for(round, today);
  }
  if (!missing.members.empty()) co_await read_members(*lease, today, missing);

  for (const auto& [id, wanted] : round.wishes) {
    const auto service = business_->services.find(id);
    const ServiceCopy* copy = service == business_->services.end() ? nullptr : &service->second;
    if (auto refusal = check_offered(copy)) {
      round.found.emplace(id, refuse(std::move(*refusal)));
    } else {
      round.found.emplace(id, calendar_of(id, *copy));
    }
  }
}

Task<void> Calendars::Core::compare(db::Connection& connection, const store::Stamp& stamp) {
  if (!business_ || business_->revision != stamp.business) {
    business_ = std::make_shared<const BusinessCopy>(co_await store::business(connection));
    calendars_made_.clear();
    calendars_ = 0;  // a sum says nothing where members have come and gone
  }
  if (calendars_ == stamp.calendars) co_return;
  const auto revisions = co_await store::calendar_revisions(connection);
  std::int64_t sum = 0;
  for (const auto& [id, revision] : revisions) sum += revision;
  std::vector<StaffId> changed;
  for (const auto& [id, member] : members_) {
    const auto known = revisions.find(id);
    if (known == revisions.end() || known->second != member->revision) changed.push_back(id);
  }
  for (const StaffId id : changed) forget(id);
  calendars_ = sum;
}

Calendars::Core::Missing Calendars::Core::missing_for(const Round& round, LocalDate today) const {
  std::set<StaffId> members;
  LocalDate last = today;
  for (const auto& [id, wanted] : round.wishes) {
    const auto service = business_->services.find(id);
    if (service == business_->services.end() || !service->second.active) continue;
    const LocalDate needed = std::min(wanted, last_of(*business_, service->second, today));
    for (const StaffId staff : service->second.staff) {
      const auto member = members_.find(staff);
      if (member != members_.end() && needed <= member->second->last) continue;
      members.insert(staff);
      last = std::max(last, needed);
    }
  }
  return {{members.begin(), members.end()}, last};
}

Task<void> Calendars::Core::read_members(db::Connection& connection, LocalDate today,
                                         const Missing& missing) {
  // Nobody can book before today, but the display zone and the calendar's may be on the day before.
  const LocalDate first = today - days{1};
  const LocalDate until = end_of_stretch(missing.last);
  for (std::span<const StaffId> rest = missing.members; !rest.empty();) {
    const auto ids = rest.first(std::min(rest.size(), members_a_read));
    rest = rest.subspan(ids.size());
    for (MemberCopy& member : co_await store::members(connection, ids, first, until)) {
      keep(std::move(member));
    }
  }
}

void Calendars::Core::keep(MemberCopy member) {
  forget(member.id);
  intervals_ += member.size();
  const StaffId id = member.id;
  members_.emplace(id, std::make_shared<const MemberCopy>(std::move(member)));
}

void Calendars::Core::forget(StaffId id) {
  const auto known = members_.find(id);
  if (known == members_.end()) return;
  intervals_ -= known->second->size();
  std::erase_if(calendars_made_, [&](const auto& made) {
    return std::ranges::find(made.second->members, known->second) != made.second->members.end();
  });
  members_.erase(known);
}

void Calendars::Core::forget_all() {
  members_.clear();
  calendars_made_.clear();
  intervals_ = 0;
}

std::shared_ptr<const ServiceCalendar> Calendars::Core::calendar_of(ServiceId id,
                                                                    const ServiceCopy& service) {
  std::vector<std::shared_ptr<const MemberCopy>> members;
  LocalDate last = LocalDate::max();
  for (const StaffId staff : service.staff) {
    const auto member = members_.find(staff);
    if (member == members_.end()) continue;  // gone in the very moment
    members.push_back(member->second);
    last = std::min(last, member->second->last);
  }
  auto& made = calendars_made_[id];
  if (!made || made->business != business_ || made->members != members) {
    made = std::make_shared<const ServiceCalendar>(ServiceCalendar{.edition = ++editions_,
                                                                   .business = business_,
                                                                   .service = id,
                                                                   .members = std::move(members),
                                                                   .last = last});
  }
  return made;
}

Calendars::Calendars(db::Pool& pool, std::size_t max_intervals)
    : core_(std::make_shared<Core>(pool, max_intervals)) {}

Calendars::~Calendars() = default;

Task<Result<Calendars::Look>> Calendars::look(ServiceId service, LocalDate last,
                                              Deadline deadline) {
  return Core::look(core_, service, last, deadline);
}

}  // namespace frontdesk::availability

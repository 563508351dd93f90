#include "appointments/placement.hpp"

#include "appointments/choice.hpp"
#include "core/ensure.hpp"

#include <chrono>
#include <utility>

namespace frontdesk::appointments {
namespace {

using std::chrono::days;

Result<Instant> resolve(const Zone& zone, const Start& start) {
  if (const auto* instant = std::get_if<Instant>(&start)) return *instant;
  const auto& wall = std::get<WallTime>(start);
  return availability::resolve_local_time(zone, wall.date, wall.time);
}

/// The date of a start by the business's clock, or one beside it: the zone is not known yet.
LocalDate date_near(const Start& start) {
  if (const auto* wall = std::get_if<WallTime>(&start)) return wall->date;
  const auto day = std::chrono::floor<days>(std::get<Instant>(start));
  return LocalDate{day.time_since_epoch()};
}

/// A snapshot of the days around a wish, and the instant that it means.
struct Scene {
  availability::Snapshot snapshot;
  Instant start;
};

Error unknown_staff() {
  return invalid_field("staff_id", "not_found", "There is nobody with this id who does this.");
}

Task<Result<Scene>> set_scene(db::Connection& connection, const Wish& wish, days span) {
  const LocalDate date = date_near(wish.start);
  auto snapshot = co_await availability::load_snapshot(
      connection,
      {.service = wish.service, .staff = wish.staff, .from = date - span, .to = date + span});
  if (!snapshot) {
    // The service has been looked up before: what is absent is the member.
    const bool is_absent = snapshot.error().kind == ErrorKind::not_found;
    co_return refuse(is_absent ? unknown_staff() : std::move(snapshot.error()));
  }
  const auto start = resolve(snapshot->zone, wish.start);
  if (!start) co_return refuse(start.error());
  co_return Scene{std::move(*snapshot), *start};
}

/// Of a booking alone: an appointment that is there has the party that it has, and moves to where
/// there are seats for it.
std::optional<Error> check_party(const availability::Snapshot& snapshot, const Wish& wish) {
  if (wish.party_size <= snapshot.service.capacity) return std::nullopt;
  return invalid_field("party_size", "out_of_range", "This service has no room for so many.");
}

std::chrono::minutes duration_of(const TimeRange& range) {
  return std::chrono::floor<std::chrono::minutes>(range.end - range.start);
}

}  // namespace

Task<Result<Place>> place_with(db::Transaction& transaction, const Wish& wish, Named<StaffId> staff,
                               const std::optional<Giving>& giving) {
  Wish with_staff = wish;
  with_staff.staff = staff.id;
  auto scene = co_await set_scene(transaction.connection(), with_staff, days{0});
  if (!scene) co_return refuse(std::move(scene.error()));
  auto& snapshot = scene->snapshot;
  ENSURE(snapshot.staff.size() == 1);
  if (giving) {
    availability::release(snapshot, giving->occupation, giving->seats);
  } else if (auto refusal = check_party(snapshot, wish)) {
    co_return refuse(std::move(*refusal));
  }
  const auto offer = availability::check_start(
      snapshot, snapshot.staff.front(), scene->start,
      {.party_size = wish.party_size, .override_rules = wish.override_rules});
  if (!offer) co_return refuse(availability::refusal_of(offer.error()));
  co_return Place{.staff = std::move(staff),
                  .offer = *offer,
                  .zone = snapshot.zone,
                  .capacity = snapshot.service.capacity};
}

Task<Result<Place>> place_with_anyone(db::Transaction& transaction, const Wish& wish) {
  // A day on either side, so that the local day whose load counts is there in full.
  auto scene = co_await set_scene(transaction.connection(), wish, days{1});
  if (!scene) co_return refuse(std::move(scene.error()));
  const auto& snapshot = scene->snapshot;
  if (auto refusal = check_party(snapshot, wish)) co_return refuse(std::move(*refusal));
  auto free = availability::who_can_take(
      snapshot, scene->start,
      {.party_size = wish.party_size, .override_rules = wish.override_rules});
  if (!free) co_return refuse(availability::refusal_of(free.error()));

  const auto order = wish.override_rules ? &order_against_rules : &order_of_choice;
  bool is_first = true;
  for (const auto index : order(snapshot, scene->start, std::move(*free))) {
    const StaffId candidate = snapshot.staff[index].id;
    std::string name = co_await store::lock_candidate(transaction, candidate, is_first);
    is_first = false;
    auto place = co_await place_with(transaction, wish, {candidate, std::move(name)});
    if (place) co_return place;
  }
  co_return refuse(availability::refusal_of(availability::Obstacle::taken));
}

Task<boost::json::object> alternatives_for(db::Pool& pool, Deadline deadline, const Wish& wish,
                                           const std::optional<Giving>& giving) {
  try {
    auto lease = co_await pool.acquire(deadline);
    auto scene = co_await set_scene(*lease, wish, availability::alternatives_span);
    if (scene) {
      if (giving) availability::release(scene->snapshot, giving->occupation, giving->seats);
      co_return availability::alternatives_to(scene->snapshot, scene->start, wish.party_size);
    }
  } catch (const Fault&) {
    // The slot is taken, whether or not others can be named now.
  }
  co_return boost::json::object{{"alternatives", boost::json::array{}}};
}

store::Taking taking_of(const Place& place, const Wish& wish) {
  return {.id = place.offer.session.value_or(OccupationId::generate()),
          .joins = place.offer.session.has_value(),
          .staff = place.staff.id,
          .service = wish.service,
          .appointment = place.offer.appointment,
          .blocked = place.offer.blocked,
          .capacity = place.capacity,
          .seats = wish.party_size};
}

void put(Appointment& appointment, const Place& place) {
  const TimeRange& time = place.offer.appointment;
  const auto local = place.zone.to_local(time.start);
  appointment.staff = place.staff;
  appointment.date = local.date;
  appointment.time = std::chrono::floor<std::chrono::minutes>(local.time_of_day);
  appointment.timezone = place.zone.name();
  appointment.starts_at = time.start;
  appointment.ends_at = time.end;
  appointment.duration_minutes = static_cast<std::int32_t>(duration_of(time).count());
}

}  // namespace frontdesk::appointments

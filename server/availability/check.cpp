#include "availability/check.hpp"

#include "availability/schedule.hpp"
#include "availability/wall_clock.hpp"

#include <algorithm>
#include <optional>

namespace frontdesk::availability {
namespace {

using std::chrono::days;

/// The part of the week around one appointment, as time.
struct Surroundings {
  std::vector<MinuteRange> openings;
  std::vector<MinuteRange> closed;
};

bool contains(const MinuteRange& range, const TimeRange& time) {
  return instant_of(range.start) <= time.start && time.end <= instant_of(range.end);
}

bool overlaps(const MinuteRange& range, const TimeRange& time) {
  return instant_of(range.start) < time.end && time.start < instant_of(range.end);
}

Surroundings look_around(const Snapshot& snapshot, const StaffSchedule& member,
                         const TimeRange& appointment) {
  const auto clock_of = [&](const Zone& zone) {
    return WallClock(zone, floor_minute(appointment.start - 4 * days{1}),
                     ceil_minute(appointment.end + 4 * days{1}));
  };
  const WallClock business = clock_of(snapshot.zone);
  const WallClock own = member.zone == snapshot.zone ? business : clock_of(member.zone);
  const EpochMinute start = floor_minute(appointment.start);
  const EpochMinute end = ceil_minute(appointment.end);
  Surroundings around;
  append_openings(member, own, own.date_at(start) - days{1}, own.date_at(end) + days{1},
                  around.openings);
  around.closed = closed_time(snapshot.closures, business, business.date_at(start) - days{1},
                              business.date_at(end) + days{1});
  return around;
}

/// A session of the class that starts then.
const Occupation* session_at(const Snapshot& snapshot, const StaffSchedule& member, Instant start) {
  if (!is_class(snapshot.service)) return nullptr;
  const auto session = std::ranges::find_if(member.occupations, [start](const Occupation& other) {
    return other.session && other.appointment.start == start;
  });
  return session == member.occupations.end() ? nullptr : &*session;
}

std::optional<Obstacle> check_notice(const Snapshot& snapshot, Instant start, bool override_rules) {
  if (start < snapshot.now) return Obstacle::in_the_past;
  if (override_rules) return std::nullopt;
  const auto notice = snapshot.service.min_notice.value_or(snapshot.rules.min_notice);
  if (start < snapshot.now + notice) return Obstacle::too_soon;
  if (snapshot.zone.to_local(start).date > last_date(snapshot)) return Obstacle::too_far;
  return std::nullopt;
}

bool is_on_grid(const Surroundings& around, Instant start, std::chrono::minutes slot_interval) {
  return std::ranges::any_of(around.openings, [&](const MinuteRange& opening) {
    const Instant anchor = instant_of(opening.start);
    return anchor <= start && start < instant_of(opening.end) &&
           (start - anchor) % slot_interval == Instant::duration{0};
  });
}

bool is_closed(const Surroundings& around, const TimeRange& appointment) {
  return std::ranges::any_of(around.closed,
                             [&](const auto& closed) { return overlaps(closed, appointment); });
}

bool is_inside_hours(const Surroundings& around, const TimeRange& appointment) {
  std::vector<MinuteRange> joined;
  join(around.openings, joined);
  return std::ranges::any_of(joined, [&](const auto& open) { return contains(open, appointment); });
}

bool is_away(const StaffSchedule& member, const TimeRange& appointment) {
  return std::ranges::any_of(member.time_off,
                             [&](const auto& absence) { return absence.overlaps(appointment); });
}

/// Hours, closures, time off, and the grid where a new appointment is made.
std::optional<Obstacle> check_hours(const Snapshot& snapshot, const StaffSchedule& member,
                                    const TimeRange& appointment, bool needs_grid) {
  const Surroundings around = look_around(snapshot, member, appointment);
  if (is_closed(around, appointment)) return Obstacle::closed;
  if (!is_inside_hours(around, appointment)) return Obstacle::outside_hours;
  if (is_away(member, appointment)) return Obstacle::time_off;
  if (needs_grid && !is_on_grid(around, appointment.start, snapshot.rules.slot_interval)) {
    return Obstacle::off_grid;
  }
  return std::nullopt;
}

/// A session keeps the length that it was given.
TimeRange appointment_at(const ServiceRules& service, const Occupation* session, Instant start) {
  return session != nullptr ? session->appointment : TimeRange{start, start + service.duration};
}

/// A service that has fewer seats by now sells no more of them in the sessions that it gave before.
std::expected<Offer, Obstacle> seats_in(const Occupation& session, const ServiceRules& service,
                                        int party_size) {
  const int seats_left =
      std::min(session.session->capacity, service.capacity) - session.session->booked;
  if (seats_left < party_size) return std::unexpected(Obstacle::full);
  return Offer{session.appointment, session.blocked, session.id, seats_left};
}

struct Refusal {
  ErrorKind kind;
  const char* code;
  const char* message;
};

Refusal describe(Obstacle obstacle) {
  switch (obstacle) {
    case Obstacle::in_the_past:
      return {ErrorKind::invalid, "in_the_past", "This time is over."};
    case Obstacle::too_soon:
      return {ErrorKind::invalid, "too_soon", "This time is too soon to be booked."};
    case Obstacle::too_far:
      return {ErrorKind::invalid, "too_far", "This time cannot be booked yet."};
    case Obstacle::closed:
    case Obstacle::outside_hours:
    case Obstacle::time_off:
      return {ErrorKind::invalid, "outside_working_hours", "Nobody works at this time."};
    case Obstacle::off_grid:
      return {ErrorKind::invalid, "off_grid",
              "Appointments do not start at this time. Ask availability for those that do."};
    case Obstacle::taken:
    case Obstacle::full:
      break;
  }
  return {ErrorKind::conflict, "slot_taken", "This time has just been taken."};
}

}  // namespace

std::expected<Offer, Obstacle> check_start(const Snapshot& snapshot, const StaffSchedule& member,
                                           Instant start, const CheckOptions& options) {
  const ServiceRules& service = snapshot.service;
  const Occupation* session = session_at(snapshot, member, start);
  const TimeRange appointment = appointment_at(service, session, start);
  if (const auto obstacle = check_notice(snapshot, start, options.override_rules)) {
    return std::unexpected(*obstacle);
  }
  if (!options.override_rules) {
    const bool needs_grid = session == nullptr;
    if (const auto obstacle = check_hours(snapshot, member, appointment, needs_grid)) {
      return std::unexpected(*obstacle);
    }
  }
  if (session != nullptr) return seats_in(*session, service, options.party_size);

  const TimeRange blocked{appointment.start - service.buffer_before,
                          appointment.end + service.buffer_after};
  if (std::ranges::any_of(member.occupations, [&](const Occupation& other) {
        return other.blocked.overlaps(blocked);
      })) {
    return std::unexpected(Obstacle::taken);
  }
  if (service.capacity < options.party_size) return std::unexpected(Obstacle::full);
  return Offer{appointment, blocked, std::nullopt, service.capacity};
}

std::expected<std::vector<std::size_t>, Obstacle> who_can_take(const Snapshot& snapshot,
                                                               Instant start,
                                                               const CheckOptions& options) {
  std::vector<std::size_t> able;
  std::optional<Obstacle> nearest;
  for (std::size_t i = 0; i < snapshot.staff.size(); ++i) {
    const auto offer = check_start(snapshot, snapshot.staff[i], start, options);
    if (offer) {
      able.push_back(i);
    } else {
      nearest = std::max(nearest.value_or(offer.error()), offer.error());
    }
  }
  if (able.empty()) return std::unexpected(nearest.value_or(Obstacle::outside_hours));
  return able;
}

Objection objection_to(const Snapshot& snapshot, const StaffSchedule& member, Instant start) {
  const Occupation* session = session_at(snapshot, member, start);
  const TimeRange appointment = appointment_at(snapshot.service, session, start);
  const Surroundings around = look_around(snapshot, member, appointment);
  if (is_closed(around, appointment) || is_away(member, appointment)) return Objection::absence;
  if (!is_inside_hours(around, appointment)) return Objection::hours;
  if (check_notice(snapshot, start, false)) return Objection::rules;
  const bool is_regular =
      session != nullptr || is_on_grid(around, start, snapshot.rules.slot_interval);
  return is_regular ? Objection::none : Objection::rules;
}

void release(Snapshot& snapshot, OccupationId occupation, int seats) {
  for (StaffSchedule& member : snapshot.staff) {
    const auto found = std::ranges::find(member.occupations, occupation, &Occupation::id);
    if (found == member.occupations.end()) continue;
    if (found->session && found->session->booked > seats) {
      found->session->booked -= seats;
    } else {
      member.occupations.erase(found);
    }
    return;
  }
}

Error refusal_of(Obstacle obstacle) {
  const Refusal refusal = describe(obstacle);
  return {.kind = refusal.kind, .code = refusal.code, .message = refusal.message};
}

}  // namespace frontdesk::availability

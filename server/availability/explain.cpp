#include "availability/explain.hpp"

#include "availability/schedule.hpp"
#include "availability/wall_clock.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace frontdesk::availability {
namespace {

using std::chrono::days;
using std::chrono::minutes;

/// `2026-03-30 10:00` in `zone`; the seconds only where there are any.
std::string local_text(const Zone& zone, Instant instant) {
  const auto [date, time_of_day] = zone.to_local(instant);
  const auto time = std::chrono::floor<minutes>(time_of_day);
  std::string text = format_date(date) + ' ' + format_time(time);
  if (time != time_of_day) {
    text +=
        fmt::format(":{:02}", std::chrono::floor<std::chrono::seconds>(time_of_day - time).count());
  }
  return text;
}

std::string text_of(const Zone& zone, const TimeRange& range) {
  return local_text(zone, range.start) + " to " + local_text(zone, range.end);
}

std::string plural(std::int64_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

/// The hours of the member's day in which `start` lies, in the member's zone.
std::string hours_text(const StaffSchedule& member, Instant start) {
  const LocalDate date = member.zone.to_local(start).date;
  const auto special = std::ranges::find(member.overrides, date, &DateOverride::date);
  const bool is_special = special != member.overrides.end();
  const auto& hours = is_special ? special->hours : member.weekly[weekday_of(date)];
  std::string text;
  for (const auto& [from, to] : hours) {
    text += fmt::format("{}{} to {}", text.empty() ? "" : ", ", format_time(from), format_time(to));
  }
  return fmt::format("the {} of {} are {} ({})",
                     is_special ? "hours set for that date" : "weekly hours", format_date(date),
                     text.empty() ? "none" : text, member.zone.name());
}

/// What check_start would take, whatever is in the way.
TimeRange appointment_at(const Snapshot& snapshot, Instant start) {
  return {start, start + snapshot.service.duration};
}

std::string blocker_text(const Snapshot& snapshot, const StaffSchedule& member, Instant start) {
  const TimeRange appointment = appointment_at(snapshot, start);
  const TimeRange blocked{appointment.start - snapshot.service.buffer_before,
                          appointment.end + snapshot.service.buffer_after};
  const auto other = std::ranges::find_if(
      member.occupations, [&](const Occupation& o) { return o.blocked.overlaps(blocked); });
  if (other == member.occupations.end()) return "";
  return fmt::format("it needs {} with its buffers, and {} with buffers is taken",
                     text_of(snapshot.zone, blocked), text_of(snapshot.zone, other->blocked));
}

std::string absence_text(const Snapshot& snapshot, const StaffSchedule& member, Instant start) {
  const TimeRange appointment = appointment_at(snapshot, start);
  const auto absence = std::ranges::find_if(
      member.time_off, [&](const TimeRange& off) { return off.overlaps(appointment); });
  if (absence == member.time_off.end()) return "there is time off";
  return "there is time off from " + text_of(snapshot.zone, *absence);
}

std::string reason(const Snapshot& snapshot, const StaffSchedule& member, Instant start,
                   Obstacle obstacle) {
  const Zone& zone = snapshot.zone;
  switch (obstacle) {
    case Obstacle::in_the_past:
      return fmt::format("it lies in the past: it is {}", local_text(zone, snapshot.now));
    case Obstacle::too_soon: {
      const auto notice = snapshot.service.min_notice.value_or(snapshot.rules.min_notice);
      return fmt::format("it is too soon: {} of notice are wanted, so not before {}",
                         plural(notice.count(), "minute"), local_text(zone, snapshot.now + notice));
    }
    case Obstacle::too_far:
      return fmt::format("it is too far ahead: the last bookable date is {}",
                         format_date(last_date(snapshot)));
    case Obstacle::closed:
      return "the business is closed then";
    case Obstacle::outside_hours:
      return fmt::format("{} do not fit into the working hours: {}",
                         plural(snapshot.service.duration.count(), "minute"),
                         hours_text(member, start));
    case Obstacle::time_off:
      return absence_text(snapshot, member, start);
    case Obstacle::off_grid:
      return fmt::format("starts are {} apart, counted from the opening: {}",
                         plural(snapshot.rules.slot_interval.count(), "minute"),
                         hours_text(member, start));
    case Obstacle::taken:
      return blocker_text(snapshot, member, start);
    case Obstacle::full:
      break;
  }
  return "there are not enough seats left";
}

}  // namespace

std::string explain_start(const Snapshot& snapshot, const StaffSchedule& member,
                          std::string_view name, Instant start, int party_size) {
  const auto offer = check_start(snapshot, member, start, {.party_size = party_size});
  const std::string when = local_text(snapshot.zone, start);
  if (!offer) {
    return fmt::format("{}: {} is not offered: {}.", name, when,
                       reason(snapshot, member, start, offer.error()));
  }
  const std::string time = text_of(snapshot.zone, offer->appointment);
  if (offer->session) {
    return fmt::format("{}: {} is offered: the session of {} has {} left.", name, when, time,
                       plural(offer->seats_left, "seat"));
  }
  return fmt::format("{}: {} is offered: {} is free, and {} with buffers.", name, when, time,
                     text_of(snapshot.zone, offer->blocked));
}

}  // namespace frontdesk::availability

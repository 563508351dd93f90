#include "availability/check.hpp"
#include "availability/slots.hpp"
#include "availability/testing_snapshot.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

/// The engine against a slow and obvious reference that walks minute by minute and asks cctz about
/// every single wall time.
namespace frontdesk::availability {
namespace {

using namespace testing;
using std::chrono::days;
using std::chrono::minutes;
using namespace std::chrono_literals;
using Kind = Zone::Lookup::Kind;

// ---- the reference

Instant opens_at(const Zone& zone, LocalDate date, LocalTime time) {
  const auto lookup = zone.to_instants(date, time);
  return lookup.kind == Kind::skipped ? lookup.change : lookup.earlier;
}

Instant closes_at(const Zone& zone, LocalDate date, LocalTime time) {
  const auto lookup = zone.to_instants(date, time);
  return lookup.kind == Kind::skipped ? lookup.change : lookup.later;
}

bool covers(const std::vector<TimeRange>& ranges, Instant minute) {
  return std::ranges::any_of(
      ranges, [minute](const TimeRange& r) { return r.overlaps({minute, minute + 1min}); });
}

struct Reference {
  const Snapshot& snapshot;
  const StaffSchedule& member;
  std::vector<TimeRange> openings = {};
  std::vector<TimeRange> closed = {};
  std::vector<TimeRange> blocked = {};

  Reference(const Snapshot& s, const StaffSchedule& m, LocalDate from, LocalDate to)
      : snapshot(s), member(m) {
    for (LocalDate date = from - days{4}; date <= to + days{4}; date += days{1}) {
      const auto override_of_date = std::ranges::find(member.overrides, date, &DateOverride::date);
      const auto& intervals = override_of_date != member.overrides.end()
                                  ? override_of_date->hours
                                  : member.weekly[weekday_of(date)];
      for (const auto& [start, end] : intervals) {
        openings.push_back({opens_at(member.zone, date, start), closes_at(member.zone, date, end)});
      }
      if (std::ranges::count(snapshot.closures, date) > 0) {
        closed.push_back(
            {opens_at(snapshot.zone, date, 0min), closes_at(snapshot.zone, date, 1440min)});
      }
    }
    for (const Occupation& o : member.occupations) blocked.push_back(o.blocked);
  }

  bool is_free(Instant start) const {
    const ServiceRules& service = snapshot.service;
    if (start < snapshot.now + service.min_notice.value_or(snapshot.rules.min_notice)) return false;
    const LocalDate last = snapshot.zone.to_local(snapshot.now).date +
                           service.max_advance.value_or(snapshot.rules.max_advance);
    if (snapshot.zone.to_local(start).date > last) return false;
    const bool on_grid = std::ranges::any_of(openings, [&](const TimeRange& o) {
      return o.start <= start && start < o.end &&
             (start - o.start) % snapshot.rules.slot_interval == 0min;
    });
    if (!on_grid) return false;
    const Instant end = start + service.duration;
    for (Instant minute = start; minute < end; minute += 1min) {
      if (!covers(openings, minute) || covers(closed, minute) || covers(member.time_off, minute)) {
        return false;
      }
    }
    for (Instant minute = start - service.buffer_before; minute < end + service.buffer_after;
         minute += 1min) {
      if (covers(blocked, minute)) return false;
    }
    return true;
  }
};

using Found = std::map<Instant, std::set<std::size_t>>;

Found reference_slots(const Snapshot& snapshot, const SlotsQuery& query) {
  Found found;
  for (std::size_t i = 0; i < snapshot.staff.size(); ++i) {
    const Reference reference(snapshot, snapshot.staff[i], query.from, query.to);
    // Starts are whole minutes, for every opening begins on one.
    const Instant begin = std::chrono::sys_days{query.from.time_since_epoch()} - days{2};
    const Instant end = std::chrono::sys_days{query.to.time_since_epoch()} + days{3};
    for (Instant minute = begin; minute < end; minute += 1min) {
      const LocalDate date = query.display.to_local(minute).date;
      if (query.from <= date && date <= query.to && reference.is_free(minute)) {
        found[minute].insert(i);
      }
    }
  }
  return found;
}

// ---- random snapshots around changes of the clock

struct Place {
  const char* zone;
  const char* date;
};

const std::vector<Place> places = {
    {"Europe/Berlin", "2026-03-29"},       {"Europe/Berlin", "2026-10-25"},
    {"America/New_York", "2026-03-08"},    {"America/New_York", "2026-11-01"},
    {"Australia/Lord_Howe", "2026-04-05"}, {"Australia/Lord_Howe", "2026-10-04"},
    {"Africa/Casablanca", "2024-03-10"},   {"Africa/Casablanca", "2024-04-14"},
    {"Pacific/Apia", "2011-12-30"},        {"Pacific/Apia", "2011-12-31"},
    {"Asia/Kolkata", "2026-03-29"},        {"America/St_Johns", "2026-03-08"},
    {"America/St_Johns", "2008-11-02"},    {"America/St_Johns", "2009-03-08"},
    {"Antarctica/Troll", "2026-03-29"},    {"Antarctica/Troll", "2026-10-25"},
    {"America/Havana", "2024-03-10"},      {"America/Havana", "2024-11-03"},
    {"America/Asuncion", "2023-10-01"},    {"America/Asuncion", "2024-03-24"},
    {"Europe/Berlin", "2099-03-29"},       {"Asia/Kathmandu", "2026-06-01"},
};

int pick(int from, int to) {
  return *rc::gen::inRange(from, to + 1);
}
bool chance(int percent) {
  return pick(1, 100) <= percent;
}

/// Times near the change of the clock more often than others.
LocalTime pick_time(int latest) {
  const int step = *rc::gen::element(1, 5, 15, 30);
  return LocalTime{std::min(latest, pick(0, (chance(40) ? 300 : latest) / step) * step)};
}

std::vector<Hours> pick_hours() {
  std::vector<Hours> intervals;
  for (int i = pick(chance(20) ? 0 : 1, 3); i > 0; --i) {
    const LocalTime start = pick_time(1439);
    const LocalTime end = chance(20) ? 1440min : std::min(1440min, start + minutes{pick(1, 900)});
    intervals.push_back({start, end});
    if (chance(30) && end < 1440min) intervals.push_back({end, std::min(1440min, end + 120min)});
  }
  return intervals;
}

TimeRange pick_range(Instant middle, int longest_minutes) {
  const Instant start = middle + minutes{pick(-2 * 1440, 2 * 1440)} +
                        (chance(10) ? std::chrono::seconds{pick(1, 59)} : 0s);
  return {start, start + minutes{pick(1, longest_minutes)}};
}

StaffSchedule pick_member(const Zone& home, LocalDate date, Instant middle) {
  StaffSchedule member{.id = StaffId::generate(), .zone = home};
  for (auto& intervals : member.weekly) intervals = pick_hours();
  for (int offset = -2; offset <= 2; ++offset) {
    if (chance(20)) member.overrides.push_back({date + days{offset}, pick_hours()});
  }
  for (int i = pick(0, 2); i > 0; --i) member.time_off.push_back(pick_range(middle, 600));
  for (int i = pick(0, 4); i > 0; --i) {
    member.occupations.push_back(
        occupation(pick_range(middle, 120), minutes{pick(0, 40)}, minutes{pick(0, 40)}));
  }
  return member;
}

Snapshot pick_snapshot(const Place& place) {
  const Instant middle = std::chrono::sys_days{day(place.date).time_since_epoch()};
  Snapshot snapshot = business(place.zone, "2026-01-01T00:00:00Z");
  snapshot.now = middle + minutes{pick(-3000, 600)};
  snapshot.rules = {.slot_interval = minutes{*rc::gen::element(5, 7, 10, 15, 20, 30, 45, 60, 90)},
                    .min_notice = minutes{chance(20) ? pick(0, 1500) : 0},
                    .max_advance = days{chance(20) ? pick(0, 4) : 365}};
  snapshot.service = {
      .duration = minutes{*rc::gen::element(1, 5, 20, 30, 45, 60, 60, 90, 90, 240, 1440)},
      .buffer_before = minutes{chance(30) ? pick(0, 60) : 0},
      .buffer_after = minutes{chance(30) ? pick(0, 60) : 0}};
  if (chance(20)) snapshot.service.min_notice = minutes{pick(0, 600)};
  if (chance(20)) snapshot.service.max_advance = days{pick(0, 4)};
  for (int offset = -1; offset <= 2; ++offset) {
    if (chance(10)) snapshot.closures.push_back(day(place.date) + days{offset});
  }
  for (int i = pick(1, 3); i > 0; --i) {
    const Zone home = chance(80) ? snapshot.zone : zone((*rc::gen::elementOf(places)).zone);
    snapshot.staff.push_back(pick_member(home, day(place.date), middle));
  }
  put_in_order(snapshot);
  return snapshot;
}

SlotsQuery pick_query(const Snapshot& snapshot, const Place& place) {
  const LocalDate from = day(place.date) + days{pick(-1, 1)};
  const Zone display = chance(70) ? snapshot.zone : zone((*rc::gen::elementOf(places)).zone);
  return {.from = from, .to = from + days{pick(0, 1)}, .display = display};
}

RC_GTEST_PROP(FreeSlots, R57_R61_agree_with_a_walk_through_every_minute, ()) {
  const Place place = *rc::gen::elementOf(places);
  const Snapshot snapshot = pick_snapshot(place);
  const SlotsQuery query = pick_query(snapshot, place);
  const Found expected = reference_slots(snapshot, query);
  const FreeSlots answer = free_slots(snapshot, query);

  Found found;
  RC_ASSERT(std::ssize(answer.days) == (query.to - query.from).count() + 1);
  for (const FreeDay& free_day : answer.days) {
    RC_ASSERT(std::ranges::is_sorted(free_day.slots, std::ranges::less_equal{}, &Slot::start));
    for (const Slot& slot : free_day.slots) {
      const auto local = query.display.to_local(slot.start);
      RC_ASSERT(local.date == free_day.date);
      RC_ASSERT(local.time_of_day == slot.time);
      RC_ASSERT(slot.end - slot.start == snapshot.service.duration);
      RC_ASSERT(slot.seats_left == 0);
      answer.staff_of(slot, [&](std::size_t i) { found[slot.start].insert(i); });
    }
  }
  RC_CLASSIFY(!expected.empty());
  RC_ASSERT(found == expected);
}

RC_GTEST_PROP(CheckStart, R57_agrees_with_the_slots_that_are_shown, ()) {
  const Place place = *rc::gen::elementOf(places);
  const Snapshot snapshot = pick_snapshot(place);
  const SlotsQuery query{.from = day(place.date), .to = day(place.date), .display = snapshot.zone};
  Found offered;
  const FreeSlots answer = free_slots(snapshot, query);
  for (const Slot& slot : answer.days.front().slots) {
    answer.staff_of(slot, [&](std::size_t i) { offered[slot.start].insert(i); });
  }
  std::vector<Instant> candidates;
  for (const auto& [start, staff] : offered) candidates.push_back(start);
  const Instant begin = std::chrono::sys_days{query.from.time_since_epoch()};
  for (int i = 0; i < 100; ++i) candidates.push_back(begin + minutes{pick(-800, 2200)});
  for (const Instant start : candidates) {
    if (snapshot.zone.to_local(start).date != query.from) continue;
    Found::mapped_type able;
    for (std::size_t i = 0; i < snapshot.staff.size(); ++i) {
      if (check_start(snapshot, snapshot.staff[i], start)) able.insert(i);
    }
    RC_ASSERT(able == (offered.contains(start) ? offered[start] : Found::mapped_type{}));
  }
}

}  // namespace
}  // namespace frontdesk::availability

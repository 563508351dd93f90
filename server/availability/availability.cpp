#include "availability/availability.hpp"

#include "availability/calendar.hpp"
#include "availability/starts.hpp"
#include "availability/store.hpp"

#include <algorithm>
#include <iterator>

#include <boost/json/array.hpp>

namespace frontdesk::availability {
namespace {

using std::chrono::days;

std::vector<StaffId> staff_of(const Snapshot& snapshot) {
  std::vector<StaffId> ids;
  for (const StaffSchedule& member : snapshot.staff) ids.push_back(member.id);
  return ids;
}

std::size_t count_slots(const FreeSlots& slots) {
  std::size_t count = 0;
  for (const FreeDay& day : slots.days) count += day.slots.size();
  return count;
}

/// Leaves `most` slots, and no day without one.
void keep_first(FreeSlots& slots, std::size_t most) {
  for (FreeDay& day : slots.days) {
    day.slots.resize(std::min(day.slots.size(), most));
    most -= day.slots.size();
  }
  std::erase_if(slots.days, [](const FreeDay& day) { return day.slots.empty(); });
}

/// Puts the days of `more`, which follow and name the same staff, behind those of `slots`.
void append(FreeSlots& slots, FreeSlots more) {
  const auto sets = slots.staff_sets.size() / slots.words_per_set;
  slots.staff_sets.insert(slots.staff_sets.end(), more.staff_sets.begin(), more.staff_sets.end());
  for (FreeDay& day : more.days) {
    for (Slot& slot : day.slots) slot.staff_set += static_cast<std::uint32_t>(sets);
    slots.days.push_back(std::move(day));
  }
}

/// When the first slot becomes too soon to book, or the next date bookable.
Instant end_of(const Snapshot& snapshot, const FreeSlots& slots) {
  const LocalDate tomorrow = snapshot.zone.to_local(snapshot.now).date + days{1};
  Instant end = snapshot.zone.to_instants(tomorrow, LocalTime{0}).earlier;
  const auto notice = snapshot.service.min_notice.value_or(snapshot.rules.min_notice);
  for (const FreeDay& day : slots.days) {
    if (day.slots.empty()) continue;
    return std::min(end, day.slots.front().start - notice + just_after);
  }
  return end;
}

/// Slots of all dates from `from` to `to`, in stretches that one search covers.
FreeSlots search(const Snapshot& snapshot, const NextRequest& request, LocalDate from,
                 LocalDate to) {
  FreeSlots found{.zone = request.display.value_or(snapshot.zone)};
  for (bool is_first = true; from <= to && count_slots(found) < request.count; is_first = false) {
    const LocalDate last = std::min(to, from + longest_span - days{1});
    FreeSlots more = free_slots(
        snapshot,
        SlotsQuery{
            .from = from, .to = last, .display = found.zone, .party_size = request.party_size});
    if (is_first) {
      found = std::move(more);
    } else {
      append(found, std::move(more));
    }
    from = last + days{1};
  }
  return found;
}

boost::json::object to_json(const FreeSlots& slots, const Snapshot& snapshot,
                            const Alternative& alternative) {
  const Slot& slot = alternative.slot;
  boost::json::array staff_ids;
  slots.staff_of(slot, [&](std::size_t index) {
    staff_ids.emplace_back(snapshot.staff[index].id.to_string());
  });
  boost::json::object json{{"date", format_date(alternative.date)},
                           {"time", format_time(slot.time)},
                           {"starts_at", format_instant(slot.start)},
                           {"ends_at", format_instant(slot.end)},
                           {"staff_ids", std::move(staff_ids)}};
  if (slot.seats_left > 0) json["seats_left"] = slot.seats_left;
  return json;
}

}  // namespace

Task<Result<Snapshot>> load_snapshot(db::Connection& connection, SnapshotRequest request) {
  return store::snapshot(connection, request);
}

Result<Answer> free_slots(const Availability::View& view, const SlotsRequest& request) {
  const auto snapshot =
      snapshot_of(*view.calendar, view.now, request.staff, request.from, request.to);
  if (!snapshot) return refuse(snapshot.error());
  FreeSlots slots =
      free_slots(*snapshot, SlotsQuery{.from = request.from,
                                       .to = request.to,
                                       .display = request.display.value_or(snapshot->zone),
                                       .party_size = request.party_size});
  const Instant end = end_of(*snapshot, slots);
  return Answer{.slots = std::move(slots), .staff = staff_of(*snapshot), .holds_before = end};
}

Task<Result<Answer>> Availability::next(NextRequest request, Deadline deadline) {
  // Mostly something is free this week. The first look is there to learn which day it is.
  LocalDate to = LocalDate::min();
  for (days ahead{7};; ahead += longest_span) {
    auto view = co_await calendars_.look(request.service, to, deadline);
    if (!view) co_return refuse(view.error());
    const BusinessCopy& business = *view->calendar->business;
    const LocalDate today = business.zone.to_local(view->now).date;
    if (to = today + ahead; view->calendar->last < to) {
      view = co_await calendars_.look(request.service, to, deadline);
      if (!view) co_return refuse(view.error());
    }
    // The display zone may still be on the day before.
    const LocalDate from = today - days{1};
    const auto snapshot = snapshot_of(*view->calendar, view->now, request.staff, from, to);
    if (!snapshot) co_return refuse(snapshot.error());
    FreeSlots slots = search(*snapshot, request, from, to);
    if (count_slots(slots) >= request.count || to > last_date(*snapshot) + days{1}) {
      keep_first(slots, request.count);
      const Instant end = end_of(*snapshot, slots);
      co_return Answer{
          .slots = std::move(slots), .staff = staff_of(*snapshot), .holds_before = end};
    }
  }
}

boost::json::object alternatives_to(const Snapshot& snapshot, Instant wanted, int party_size,
                                    std::size_t count) {
  const LocalDate date = snapshot.zone.to_local(wanted).date;
  const FreeSlots slots = free_slots(snapshot, {.from = date - alternatives_span,
                                                .to = date + alternatives_span,
                                                .display = snapshot.zone,
                                                .party_size = party_size});
  boost::json::array alternatives;
  for (const Alternative& alternative : nearest_slots(slots, wanted, count)) {
    alternatives.push_back(to_json(slots, snapshot, alternative));
  }
  return {{"timezone", snapshot.zone.name()}, {"alternatives", std::move(alternatives)}};
}

}  // namespace frontdesk::availability

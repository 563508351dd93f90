#include "availability/availability.hpp"

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

/// Stretches of dates for the search for the first slots: mostly something is free this week.
days next_stretch(int searched) {
  return searched == 0 ? days{7} : longest_span;
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
  return store::snapshot(connection, request, store::Detail::occupations);
}

Task<Result<Answer>> Availability::slots(SlotsRequest request, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  const auto snapshot = co_await store::snapshot(
      *lease,
      {.service = request.service, .staff = request.staff, .from = request.from, .to = request.to},
      store::Detail::blocked);
  if (!snapshot) co_return refuse(snapshot.error());
  co_return Answer{free_slots(*snapshot, {.from = request.from,
                                          .to = request.to,
                                          .display = request.display.value_or(snapshot->zone),
                                          .party_size = request.party_size}),
                   staff_of(*snapshot)};
}

Task<Result<Answer>> Availability::next(NextRequest request, Deadline deadline) {
  auto lease = co_await pool_.acquire(deadline);
  // The display zone may still be on the day before.
  LocalDate from = co_await store::today(*lease) - days{1};
  std::optional<Answer> answer;
  for (int searched = 0;; ++searched) {
    const LocalDate to = from + next_stretch(searched) - days{1};
    const auto snapshot = co_await store::snapshot(
        *lease, {.service = request.service, .staff = request.staff, .from = from, .to = to},
        store::Detail::blocked);
    if (!snapshot) co_return refuse(snapshot.error());
    FreeSlots found = free_slots(*snapshot, {.from = from,
                                             .to = to,
                                             .display = request.display.value_or(snapshot->zone),
                                             .party_size = request.party_size});
    auto staff = staff_of(*snapshot);
    if (!answer || answer->staff != staff) {
      // At first, and again should somebody have come or gone since: from here on.
      answer = Answer{std::move(found), std::move(staff)};
    } else {
      append(answer->slots, std::move(found));
    }
    const LocalDate last =
        snapshot->zone.to_local(snapshot->now).date + snapshot->rules.max_advance;
    if (count_slots(answer->slots) >= request.count || to > last + days{1}) break;
    from = to + days{1};
  }
  keep_first(answer->slots, request.count);
  co_return std::move(*answer);
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

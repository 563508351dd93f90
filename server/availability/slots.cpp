#include "availability/slots.hpp"

#include "availability/check.hpp"
#include "availability/search.hpp"
#include "availability/start_board.hpp"
#include "core/ensure.hpp"

#include <algorithm>

namespace frontdesk::availability {
namespace {

using std::chrono::days;

/// The slots in which nobody has booked yet.
void append_fresh_slots(const Snapshot& snapshot, Search& search, FreeSlots& answer,
                        std::vector<Slot>& slots) {
  StartBoard board(snapshot.staff.size(),
                   static_cast<std::int32_t>(snapshot.rules.slot_interval.count()));
  for (std::size_t i = 0; i < snapshot.staff.size(); ++i) {
    board.add(i, search.runs_of(snapshot.staff[i]));
  }
  const int seats = is_class(snapshot.service) ? snapshot.service.capacity : 0;
  board.for_each_start([&](EpochMinute minute, std::span<const std::uint64_t> members) {
    if (!search.is_bookable_date(minute)) return;
    const Instant start = instant_of(minute);
    const auto set = static_cast<std::uint32_t>(answer.staff_sets.size() / answer.words_per_set);
    answer.staff_sets.insert(answer.staff_sets.end(), members.begin(), members.end());
    slots.push_back({start, start + snapshot.service.duration, {}, seats, set});
  });
}

/// Adds `member` to the slot of exactly this time, which is made where there is none.
void add_session(FreeSlots& answer, std::vector<Slot>& slots, std::size_t member,
                 const Offer& offer) {
  const auto [start, end] = offer.appointment;
  auto slot = std::ranges::find_if(
      slots, [&](const Slot& other) { return other.start == start && other.end == end; });
  if (slot == slots.end()) {
    const auto set = static_cast<std::uint32_t>(answer.staff_sets.size() / answer.words_per_set);
    answer.staff_sets.resize(answer.staff_sets.size() + answer.words_per_set);
    slot = slots.insert(slots.end(), {start, end, {}, 0, set});
  }
  slot->seats_left = std::max(slot->seats_left, offer.seats_left);
  answer.staff_sets[slot->staff_set * answer.words_per_set + member / 64] |= std::uint64_t{1}
                                                                             << (member % 64);
}

/// The sessions of a class that have seats left, on the grid or off it.
void append_sessions(const Snapshot& snapshot, const Search& search, int party_size,
                     FreeSlots& answer, std::vector<Slot>& slots) {
  for (std::size_t i = 0; i < snapshot.staff.size(); ++i) {
    for (const Occupation& occupation : snapshot.staff[i].occupations) {
      if (!occupation.session || !search.covers(occupation.appointment.start)) continue;
      const auto offer = check_start(snapshot, snapshot.staff[i], occupation.appointment.start,
                                     {.party_size = party_size});
      if (offer && offer->session) add_session(answer, slots, i, *offer);
    }
  }
  std::ranges::sort(slots, [](const Slot& a, const Slot& b) {
    return std::pair(a.start, a.end) < std::pair(b.start, b.end);
  });
}

/// Puts each slot under its date in the display zone, in the order it has.
void group_by_date(std::span<const Slot> slots, const WallClock& display, FreeSlots& answer) {
  const LocalDate from = answer.days.front().date;
  for (const Slot& slot : slots) {
    const std::int32_t shown = display.shown_at(floor_minute(slot.start));
    const auto date = LocalDate{std::chrono::floor<days>(std::chrono::minutes{shown})};
    const auto index = (date - from).count();
    if (index < 0 || index >= std::ssize(answer.days)) continue;
    auto& day = answer.days[static_cast<std::size_t>(index)].slots;
    if (day.empty() && index > 0) {
      day.reserve(answer.days[static_cast<std::size_t>(index) - 1].slots.size());
    }
    day.push_back(slot);
    day.back().time = LocalTime{shown - date.time_since_epoch() / std::chrono::minutes{1}};
  }
}

}  // namespace

FreeSlots free_slots(const Snapshot& snapshot, const SlotsQuery& query) {
  ENSURE(query.from <= query.to && query.to - query.from < longest_span);
  FreeSlots answer{.zone = query.display};
  for (LocalDate date = query.from; date <= query.to; date += days{1}) {
    answer.days.push_back({date, {}});
  }
  Search search(snapshot, query.from, query.to, query.display);
  if (search.is_empty() || snapshot.staff.empty()) return answer;
  answer.words_per_set = (snapshot.staff.size() + 63) / 64;
  std::vector<Slot> slots;
  if (query.party_size <= snapshot.service.capacity) {
    append_fresh_slots(snapshot, search, answer, slots);
  }
  if (is_class(snapshot.service))
    append_sessions(snapshot, search, query.party_size, answer, slots);
  group_by_date(slots, search.display(), answer);
  return answer;
}

std::vector<Alternative> nearest_slots(const FreeSlots& slots, Instant wanted, std::size_t count) {
  std::vector<Alternative> nearest;
  for (const FreeDay& day : slots.days) {
    for (const Slot& slot : day.slots) nearest.push_back({day.date, slot});
  }
  const auto closer = [wanted](const Alternative& a, const Alternative& b) {
    const auto from_a = std::chrono::abs(a.slot.start - wanted);
    const auto from_b = std::chrono::abs(b.slot.start - wanted);
    return from_a != from_b ? from_a < from_b : a.slot.start < b.slot.start;
  };
  const auto end = nearest.begin() + static_cast<std::ptrdiff_t>(std::min(count, nearest.size()));
  std::partial_sort(nearest.begin(), end, nearest.end(), closer);
  nearest.erase(end, nearest.end());
  std::ranges::sort(nearest, {}, [](const Alternative& a) { return a.slot.start; });
  return nearest;
}

}  // namespace frontdesk::availability

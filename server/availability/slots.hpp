#pragma once

#include "availability/snapshot.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace frontdesk::availability {

/// The longest stretch of dates that one answer covers, both ends included.
inline constexpr std::chrono::days longest_span{62};

struct SlotsQuery {
  LocalDate from;  ///< first date, in `display`
  LocalDate to;    ///< last date, included; from <= to < from + longest_span (ENSURE)
  Zone display;    ///< slots are shown and grouped in this zone
  int party_size = 1;
};

/// A start that can be booked until somebody takes it (R57).
struct Slot {
  Instant start;
  Instant end;
  LocalTime time;           ///< wall time of the start in the display zone
  std::int32_t seats_left;  ///< classes: the most that one of the staff has free; otherwise 0
  std::uint32_t staff_set;  ///< see FreeSlots::staff_of
};

struct FreeDay {
  LocalDate date;           ///< in the display zone
  std::vector<Slot> slots;  ///< by start; a repeated wall time is two slots
};

/// The answer: every date asked for, also those without a slot.
struct FreeSlots {
  Zone zone;  ///< the display zone
  std::vector<FreeDay> days = {};
  std::size_t words_per_set = 1;
  std::vector<std::uint64_t> staff_sets = {};  ///< one bit a member, in the snapshot's order

  /// Calls `visit(index)` with the index in Snapshot::staff of everyone who is free for `slot`.
  template <class Visit>
  void staff_of(const Slot& slot, const Visit& visit) const {
    const auto first = std::size_t{slot.staff_set} * words_per_set;
    for (std::size_t word = 0; word < words_per_set; ++word) {
      for (auto bits = staff_sets[first + word]; bits != 0; bits &= bits - 1) {
        visit(word * 64 + static_cast<std::size_t>(__builtin_ctzll(bits)));
      }
    }
  }
};

/// Every slot of the dates asked for: on the grid of the opening hours, inside hours, outside
/// closures and time off, clear of other occupations with all buffers, within notice and horizon.
/// Sessions of a class with seats for the party are slots wherever they start. The snapshot's lists
/// are in order and cover the dates and three days on either side.
FreeSlots free_slots(const Snapshot& snapshot, const SlotsQuery& query);

/// A slot on its own, outside of its day.
struct Alternative {
  LocalDate date;
  Slot slot;
};

/// At most `count` slots nearest to `wanted`, in order of start; of two that are equally near the
/// earlier.
std::vector<Alternative> nearest_slots(const FreeSlots& slots, Instant wanted, std::size_t count);

}  // namespace frontdesk::availability

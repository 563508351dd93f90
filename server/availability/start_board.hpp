#pragma once

#include "availability/starts.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace frontdesk::availability {

/// The starts of many members put together: who is free at each. One bit a member in one cell a
/// grid step, so that the union costs an OR for each start of each member.
class StartBoard {
 public:
  StartBoard(std::size_t members, std::int32_t slot_interval)
      : words_((members + 63) / 64), slot_interval_(slot_interval), step_(slot_interval) {}

  /// Notes the runs of one member.
  void add(std::size_t member, std::span<const Run> runs);

  /// Calls `visit(start, members)` for each start in order, `members` being words() words of bits.
  template <class Visit>
  void for_each_start(const Visit& visit) const {
    const std::vector<std::uint64_t> cells = fill();
    for (const std::uint64_t *cell = cells.data(), *end = cell + cells.size(); cell != end;) {
      const std::uint64_t* const next = cell + words_;
      if (std::any_of(cell, next, [](std::uint64_t word) { return word != 0; })) {
        const auto steps = static_cast<std::size_t>(cell - cells.data()) / words_;
        visit(first_ + static_cast<std::int32_t>(steps) * step_.interval(),
              std::span(cell, words_));
      }
      cell = next;
    }
  }

  [[nodiscard]] std::size_t words() const { return words_; }

 private:
  struct MemberRun {
    Run run;
    std::uint32_t member;
  };

  [[nodiscard]] std::vector<std::uint64_t> fill() const;

  std::size_t words_;
  std::int32_t slot_interval_;
  SlotGrid step_;          ///< divides the slot interval and the distance of any two starts
  EpochMinute first_ = 0;  ///< the earliest start
  EpochMinute last_ = -1;  ///< the latest
  std::vector<MemberRun> runs_;
};

}  // namespace frontdesk::availability

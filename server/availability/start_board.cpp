#include "availability/start_board.hpp"

#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace frontdesk::availability {

void StartBoard::add(std::size_t member, std::span<const Run> runs) {
  for (const Run& run : runs) {
    const EpochMinute last = run.first + (run.count - 1) * slot_interval_;
    if (runs_.empty()) {
      first_ = run.first;
      last_ = last;
    }
    if (const std::int32_t distance = run.first - first_; !step_.divides(std::abs(distance))) {
      step_ = SlotGrid(std::gcd(step_.interval(), distance));
    }
    first_ = std::min(first_, run.first);
    last_ = std::max(last_, last);
    runs_.push_back({run, static_cast<std::uint32_t>(member)});
  }
}

std::vector<std::uint64_t> StartBoard::fill() const {
  if (runs_.empty()) return {};
  const auto cell_of = [this](EpochMinute start) {
    return static_cast<std::size_t>(step_.steps_in(start - first_)) * words_;
  };
  std::vector<std::uint64_t> cells(cell_of(last_) + words_);
  const std::size_t stride = static_cast<std::size_t>(slot_interval_ / step_.interval()) * words_;
  for (const auto& [run, member] : runs_) {
    const std::uint64_t bit = std::uint64_t{1} << (member % 64);
    std::uint64_t* cell = cells.data() + cell_of(run.first) + member / 64;
    for (std::int32_t i = 0; i < run.count; ++i, cell += stride) *cell |= bit;
  }
  return cells;
}

}  // namespace frontdesk::availability

#pragma once

#include "availability/slots.hpp"
#include "availability/starts.hpp"
#include "availability/wall_clock.hpp"

#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace frontdesk::availability {

/// What one search for starts shares between the members: clocks, bounds and closures.
class Search {
 public:
  /// Starts with a date of `from` to `to` in `display`. `snapshot` must outlive it.
  Search(const Snapshot& snapshot, LocalDate from, LocalDate to, const Zone& display);

  /// Notice or horizon leave nothing.
  [[nodiscard]] bool is_empty() const { return bounds_.earliest >= bounds_.end; }

  /// Whether `start` lies within the dates, notice and horizon, but for the last check of
  /// is_bookable_date.
  [[nodiscard]] bool covers(Instant start) const {
    return bounds_.earliest <= start && start < bounds_.end;
  }

  /// The runs of one member, valid until the next call.
  std::span<const Run> runs_of(const StaffSchedule& member);

  /// Whether the business takes bookings for the date of `start` (horizon).
  [[nodiscard]] bool is_bookable_date(EpochMinute start) const {
    return start < horizon_from_ || business_.date_at(start) <= last_date_;
  }

  [[nodiscard]] const WallClock& display() const { return display_; }

 private:
  const WallClock& clock_of(const Zone& zone);
  /// Fills forbidden_, by start and joined.
  void forbid_occupations(const StaffSchedule& member);
  /// Adds closures and time off to forbidden_, which stays in order.
  void forbid_absences(const StaffSchedule& member);

  const Snapshot& snapshot_;
  LocalDate from_;
  LocalDate to_;
  WallClock business_;
  WallClock display_;
  StartBounds bounds_;
  LocalDate last_date_;  ///< the last bookable date of the business
  EpochMinute horizon_from_ =
      std::numeric_limits<EpochMinute>::max();  ///< starts from here on may lie after last_date_
  std::vector<TimeRange> closed_;
  std::vector<std::pair<Zone, WallClock>> clocks_;

  // Kept from member to member for their memory.
  std::vector<MinuteRange> openings_;
  std::vector<MinuteRange> joined_;
  std::vector<TimeRange> forbidden_;
  std::vector<TimeRange> absent_;
  std::vector<TimeRange> merged_;
  std::vector<Run> runs_;
};

}  // namespace frontdesk::availability

#pragma once

#include "core/civil.hpp"
#include "core/instant.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace frontdesk {

/// An IANA time zone, such as `Europe/Berlin`. A Zone is one pointer: copies are free, and both
/// find and the conversions may run on any number of threads. Conversion is cctz's, right beyond
/// 2037 (R61, docs/time.md).
class Zone {
 public:
  /// What a wall time means: one instant, none (the clock jumped over it) or two (it was put back).
  struct Lookup {
    enum class Kind { unique, skipped, repeated };
    Kind kind;
    Instant earlier;  ///< unique: the instant; repeated: the first; skipped: read with the offset
                      ///< after the jump
    Instant later;    ///< unique: the same; repeated: the second; skipped: read with the offset
                      ///< before the jump
    Instant change;   ///< skipped, repeated: when the clock was changed; unique: the instant
  };
  struct Local {
    LocalDate date;
    std::chrono::microseconds time_of_day;  ///< since midnight by the wall clock
  };

  /// The zone with exactly this IANA id (R60), links such as `Asia/Calcutta` included; nullopt for
  /// wrong case, POSIX rules (`FOO+3`), fixed-offset names of cctz (`Fixed/…`), paths and anything
  /// else that the zone list of tzdata (`tzdata.zi`) does not name. A zone is read from disk the
  /// first time it is asked for. Throws a Fault where the list cannot be read.
  static std::optional<Zone> find(std::string_view name);

  /// `UTC`, without looking at the zone list.
  static Zone utc();

  [[nodiscard]] const std::string& name() const;
  [[nodiscard]] Local to_local(Instant instant) const;
  /// `time` is 0 to 1440 minutes; 1440 is 00:00 of the day after `date`.
  [[nodiscard]] Lookup to_instants(LocalDate date, LocalTime time) const;
  /// Wall clock minus UTC at `instant`.
  [[nodiscard]] std::chrono::seconds offset_at(Instant instant) const;
  /// The first change of the clock after `instant`; nullopt where the zone knows of none.
  [[nodiscard]] std::optional<Instant> next_change(Instant instant) const;

  friend bool operator==(const Zone&, const Zone&) = default;

 private:
  struct Entry;
  friend class ZoneList;
  explicit Zone(const Entry& entry) : entry_(&entry) {}

  const Entry* entry_;  ///< lives as long as the program
};

}  // namespace frontdesk

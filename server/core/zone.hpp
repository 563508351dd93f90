#pragma once

#include "core/civil.hpp"
#include "core/instant.hpp"

#include <cctz/time_zone.h>

#include <optional>
#include <string>
#include <string_view>

namespace frontdesk {

/// An IANA time zone, such as `Europe/Berlin`. Copies are cheap. Conversion is cctz's, right beyond
/// 2037 (R61, docs/time.md).
class Zone {
 public:
  /// What a wall time means: one instant, none (the clock jumped over it) or two (it was put back).
  struct Lookup {
    enum class Kind { unique, skipped, repeated };
    Kind kind;
    Instant earlier;  ///< unique: the instant; repeated: the first; skipped: read with the offset after the jump
    Instant later;    ///< unique: the same; repeated: the second; skipped: read with the offset before the jump
  };
  struct Local {
    LocalDate date;
    std::chrono::microseconds time_of_day;  ///< since midnight by the wall clock
  };

  /// The zone with exactly this IANA id; nullopt for wrong case, POSIX rules (`FOO+3`), fixed-offset
  /// names of cctz (`Fixed/…`), paths and anything else that the zone list does not name.
  static std::optional<Zone> find(std::string_view name);

  static Zone utc();

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] Local to_local(Instant instant) const;
  [[nodiscard]] Lookup to_instants(LocalDate date, LocalTime time) const;

 private:
  Zone(std::string name, cctz::time_zone zone) : name_(std::move(name)), zone_(zone) {}

  std::string name_;
  cctz::time_zone zone_;
};

}  // namespace frontdesk

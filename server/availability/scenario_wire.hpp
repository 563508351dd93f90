#pragma once

#include "availability/snapshot.hpp"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::availability {

/// The largest scenario that is read, in bytes.
inline constexpr std::size_t longest_scenario_bytes = std::size_t{8} * 1024 * 1024;

/// What `frontdesk slots` is asked.
struct Scenario {
  Snapshot snapshot;  ///< in order; the business's zone is also the display zone
  LocalDate from;
  LocalDate to;  ///< included; from <= to < from + longest_span
  int party_size = 1;
  std::vector<std::string> staff_ids = {};    ///< as JSON, in the snapshot's order
  std::vector<std::string> staff_names = {};  ///< the ids as plain text
};

/// Reads a scenario from JSON: docs/time.md has its fields. Refuses, each in a sentence that names
/// the field: what is missing, unknown, of another type, out of range or contradictory.
std::expected<Scenario, std::vector<std::string>> parse_scenario(std::string_view text);

}  // namespace frontdesk::availability

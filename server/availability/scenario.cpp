#include "availability/scenario.hpp"

#include "availability/answer_json.hpp"
#include "availability/explain.hpp"
#include "availability/scenario_wire.hpp"
#include "availability/slots.hpp"

#include <istream>
#include <ostream>
#include <span>

#include <fmt/format.h>

namespace frontdesk::availability {
namespace {

constexpr int exit_ok = 0;
constexpr int exit_misused = 2;

/// What `in` holds, and one byte more than a scenario may have at most.
std::string read_all(std::istream& in) {
  std::string text;
  char buffer[64 * 1024];
  while (text.size() <= longest_scenario_bytes) {
    in.read(buffer, sizeof buffer);
    if (in.gcount() == 0) break;
    text.append(buffer, static_cast<std::size_t>(in.gcount()));
  }
  return text;
}

int complain(std::ostream& errors, std::span<const std::string> problems) {
  for (const std::string& problem : problems) errors << "frontdesk slots: " << problem << '\n';
  return exit_misused;
}

std::string answer_to(const Scenario& scenario) {
  const FreeSlots slots = free_slots(scenario.snapshot, {.from = scenario.from,
                                                         .to = scenario.to,
                                                         .display = scenario.snapshot.zone,
                                                         .party_size = scenario.party_size});
  std::string text;
  JsonWriter json(text);
  write_free_slots(json, slots, scenario.staff_ids);
  return text + '\n';
}

std::string explain_one(const Scenario& scenario, Instant start) {
  const Snapshot& snapshot = scenario.snapshot;
  std::string text;
  for (std::size_t i = 0; i < snapshot.staff.size(); ++i) {
    text += explain_start(snapshot, snapshot.staff[i], scenario.staff_names[i], start,
                          scenario.party_size) +
            '\n';
  }
  if (snapshot.staff.empty()) text += "The scenario has no staff, so nothing is offered.\n";
  const LocalDate date = snapshot.zone.to_local(start).date;
  if (date < scenario.from || date > scenario.to) {
    text += fmt::format("{} is not one of the dates asked for, {} to {}.\n", format_date(date),
                        format_date(scenario.from), format_date(scenario.to));
  }
  return text;
}

/// A wall time of the business: none, one or two starts.
std::optional<std::string> explain_local(const Scenario& scenario, std::string_view text) {
  if (text.size() != 16 || text[10] != 'T') return std::nullopt;
  const auto date = parse_date(text.substr(0, 10));
  const auto time = parse_time(text.substr(11));
  if (!date || !time) return std::nullopt;
  const Zone& zone = scenario.snapshot.zone;
  const Zone::Lookup found = zone.to_instants(*date, *time);
  switch (found.kind) {
    case Zone::Lookup::Kind::unique:
      break;
    case Zone::Lookup::Kind::skipped:
      return fmt::format("{} {} does not exist in {}: the clock is put forward over it.\n",
                         format_date(*date), format_time(*time), zone.name());
    case Zone::Lookup::Kind::repeated:
      return fmt::format(
          "{} {} occurs twice in {}.\nThe first time, {}:\n{}The second time, {}:\n{}",
          format_date(*date), format_time(*time), zone.name(), format_instant(found.earlier),
          explain_one(scenario, found.earlier), format_instant(found.later),
          explain_one(scenario, found.later));
  }
  return explain_one(scenario, found.earlier);
}

std::optional<std::string> explain_text(const Scenario& scenario, std::string_view text) {
  if (const auto instant = parse_instant(text)) return explain_one(scenario, *instant);
  return explain_local(scenario, text);
}

}  // namespace

int run_slots(std::istream& in, std::ostream& out, std::ostream& errors,
              std::optional<std::string> explain) {
  const auto scenario = parse_scenario(read_all(in));
  if (!scenario) return complain(errors, scenario.error());
  if (!explain) {
    out << answer_to(*scenario);
    return exit_ok;
  }
  const auto text = explain_text(*scenario, *explain);
  if (!text) {
    return complain(errors, std::vector<std::string>{
                                "--explain: must be a wall time such as 2026-03-30T10:00, or RFC "
                                "3339 with an offset"});
  }
  out << *text;
  return exit_ok;
}

}  // namespace frontdesk::availability

#include "appointments/choice.hpp"

#include "availability/check.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace frontdesk::appointments {
namespace {

struct Preference {
  bool opens_session;
  std::ptrdiff_t load;
  std::size_t position;

  friend auto operator<=>(const Preference&, const Preference&) = default;
};

Preference preference_for(const availability::Snapshot& snapshot, Instant start,
                          std::size_t position) {
  const auto& occupations = snapshot.staff[position].occupations;
  const LocalDate day = snapshot.zone.to_local(start).date;
  return {.opens_session = std::ranges::none_of(occupations,
                                                [&](const availability::Occupation& occupation) {
                                                  return occupation.session &&
                                                         occupation.appointment.start == start;
                                                }),
          .load = std::ranges::count_if(occupations,
                                        [&](const availability::Occupation& occupation) {
                                          const Instant other = occupation.appointment.start;
                                          return snapshot.zone.to_local(other).date == day;
                                        }),
          .position = position};
}

}  // namespace

std::vector<std::size_t> order_of_choice(const availability::Snapshot& snapshot, Instant start,
                                         std::vector<std::size_t> free) {
  std::vector<Preference> preferences;
  preferences.reserve(free.size());
  for (const std::size_t position : free) {
    preferences.push_back(preference_for(snapshot, start, position));
  }
  std::ranges::sort(preferences);
  for (std::size_t i = 0; i < free.size(); ++i) free[i] = preferences[i].position;
  return free;
}

std::vector<std::size_t> order_against_rules(const availability::Snapshot& snapshot, Instant start,
                                             std::vector<std::size_t> free) {
  const auto by_load = order_of_choice(snapshot, start, std::move(free));
  std::vector<std::pair<availability::Objection, std::size_t>> ranked;
  for (std::size_t rank = 0; rank < by_load.size(); ++rank) {
    const auto& member = snapshot.staff[by_load[rank]];
    ranked.emplace_back(availability::objection_to(snapshot, member, start), rank);
  }
  std::ranges::sort(ranked);
  std::vector<std::size_t> order;
  for (const auto& [objection, rank] : ranked) order.push_back(by_load[rank]);
  return order;
}

}  // namespace frontdesk::appointments

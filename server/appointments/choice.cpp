#include "appointments/choice.hpp"

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

}  // namespace frontdesk::appointments

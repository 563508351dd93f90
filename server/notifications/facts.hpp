#pragma once

#include "core/civil.hpp"
#include "core/instant.hpp"
#include "core/money.hpp"
#include "core/zone.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace frontdesk::notifications {

/// A point in time as the business's clock shows it.
struct Moment {
  Instant at;
  Zone zone;
};

/// One appointment of a day's list; wall times of the business.
struct AgendaEntry {
  LocalTime starts;
  LocalTime ends;  ///< up to 24:00
  std::string service;
  std::string customer;
};
using Agenda = std::vector<AgendaEntry>;

/// What a template may be told: names, words, codes and links are strings.
using Fact = std::variant<std::string, std::int64_t, Moment, LocalDate, Money, Agenda>;

/// The facts of one event, by the names that the catalogue of events gives them.
using Facts = std::map<std::string, Fact, std::less<>>;

}  // namespace frontdesk::notifications

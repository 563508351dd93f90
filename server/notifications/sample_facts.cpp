#include "notifications/sample_facts.hpp"

#include "core/ensure.hpp"

#include <string_view>

namespace frontdesk::notifications {
namespace {

using std::chrono::March;

std::string text_for(std::string_view name) {
  if (name == "service") return "Cut & Colour";
  if (name == "staff" || name == "inviter") return "Mia Lindner";
  if (name == "customer") return "Robin Vogel";
  if (name == "phone") return "+49 30 901820";
  if (name == "role") return "Reception";
  if (name == "device") return "Firefox, Windows";
  if (name == "network_address") return "203.0.113.7";
  if (name == "endpoint") return "https://hooks.example.org/frontdesk";
  if (name == "reason") return "Mia is ill";
  if (name == "code") return "042917";
  return "Robin Vogel";
}

std::int64_t number_for(std::string_view name) {
  if (name == "minutes") return 45;
  if (name == "hours") return 24;
  if (name == "days") return 3;
  return 2;
}

Instant instant_for(std::string_view name) {
  const auto day = std::chrono::sys_days{std::chrono::year{2026} / March / 3};
  if (name == "previous_starts_at") return day + std::chrono::hours{8};
  if (name == "offered_until") return day - std::chrono::hours{4};
  return day + std::chrono::hours{13} + std::chrono::minutes{30};
}

std::string link_for(std::string_view name) {
  const std::string site = "https://book.example.org";
  if (name == "site_link") return site;
  if (name == "reset_link") return site + "/reset-password#token=u2Zk0rXw3nQyTjE5";
  return site + "/" + std::string(name.substr(0, name.rfind('_')));
}

Zone berlin() {
  const auto zone = Zone::find("Europe/Berlin");
  ENSURE(zone);
  return *zone;
}

Fact sample(const FactUse& use) {
  switch (use.kind) {
    case Kind::name:
    case Kind::words:
    case Kind::code:
      return text_for(use.name);
    case Kind::link:
      return link_for(use.name);
    case Kind::number:
      return number_for(use.name);
    case Kind::moment:
      return Moment{.at = instant_for(use.name), .zone = berlin()};
    case Kind::day:
      return LocalDate{std::chrono::year{2026} / March / 3};
    case Kind::money:
      return Money{.amount_minor = 8950, .currency = "EUR"};
    case Kind::agenda:
      return Agenda{{.starts = std::chrono::hours{9},
                     .ends = std::chrono::hours{9} + std::chrono::minutes{45},
                     .service = "Cut & Colour",
                     .customer = "Robin Vogel"},
                    {.starts = std::chrono::hours{13} + std::chrono::minutes{30},
                     .ends = std::chrono::hours{14},
                     .service = "Beard trim",
                     .customer = "Sascha König"}};
  }
  return std::string();
}

}  // namespace

Facts sample_facts(const Event& event) {
  Facts facts;
  for (const auto& use : event.facts) facts.emplace(use.name, sample(use));
  return facts;
}

}  // namespace frontdesk::notifications

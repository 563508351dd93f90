#include "webhooks/endpoint.hpp"

#include "core/change.hpp"

#include <algorithm>
#include <array>

namespace frontdesk::webhooks {
namespace {

constexpr std::array<std::string_view, 9> events{
    every_appointment_event, "appointment.requested",   "appointment.booked",
    "appointment.confirmed", "appointment.rescheduled", "appointment.cancelled",
    "appointment.completed", "appointment.no_show",     "appointment.reopened"};

}  // namespace

std::span<const std::string_view> known_events() {
  return events;
}

bool listens(const std::vector<std::string>& wanted, std::string_view event) {
  return std::ranges::any_of(wanted, [&](const std::string& one) {
    return one == event || (one == every_appointment_event && event.starts_with("appointment."));
  });
}

std::vector<std::string_view> apply(const EndpointChange& change, Endpoint& endpoint) {
  std::vector<std::string_view> changed;
  if (replace(endpoint.url, change.url)) changed.emplace_back("url");
  if (replace(endpoint.description, change.description)) changed.emplace_back("description");
  if (replace(endpoint.events, change.events)) changed.emplace_back("events");
  if (replace(endpoint.active, change.active)) changed.emplace_back("active");
  return changed;
}

}  // namespace frontdesk::webhooks

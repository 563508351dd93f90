#include "appointments/calendar_component.hpp"

#include <algorithm>
#include <cstdlib>

namespace frontdesk::appointments {
namespace {

icaltimetype civil_time(LocalDate date, std::chrono::seconds of_day) {
  const std::chrono::year_month_day day{date};
  const std::chrono::hh_mm_ss clock{of_day};
  icaltimetype time = icaltime_null_time();
  time.year = static_cast<int>(day.year());
  time.month = static_cast<int>(static_cast<unsigned>(day.month()));
  time.day = static_cast<int>(static_cast<unsigned>(day.day()));
  time.hour = static_cast<int>(clock.hours().count());
  time.minute = static_cast<int>(clock.minutes().count());
  time.second = static_cast<int>(clock.seconds().count());
  return time;
}

bool is_second_showing(Instant instant, const Zone& zone) {
  const auto local = zone.to_local(instant);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(local.time_of_day);
  const auto lookup = zone.to_instants(local.date, LocalTime{minutes});
  return lookup.kind == Zone::Lookup::Kind::repeated && instant >= lookup.later;
}

}  // namespace

std::string CalendarComponent::calendar_text(std::string_view text) {
  std::string kept;
  kept.reserve(text.size());
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\t') {
      kept.push_back(' ');
    } else if (c == '\n' || (byte >= 0x20 && byte != 0x7f)) {
      kept.push_back(c);
    }
  }
  return kept;
}

// Section 3.2: no quotes, and nothing that ends the line.
std::string CalendarComponent::parameter_text(std::string_view text) {
  std::string kept = calendar_text(text);
  std::ranges::replace(kept, '\n', ' ');
  std::ranges::replace(kept, '"', '\'');
  return kept;
}

icaltimetype CalendarComponent::wall_time(Instant instant, const Zone& zone) {
  const auto local = zone.to_local(instant);
  return civil_time(local.date, std::chrono::floor<std::chrono::seconds>(local.time_of_day));
}

icaltimetype CalendarComponent::utc_time(Instant instant) {
  icaltimetype time = wall_time(instant, Zone::utc());
  time.zone = icaltimezone_get_utc_timezone();
  return time;
}

icalproperty* CalendarComponent::local_property(icalproperty* property, Instant instant,
                                                const Zone& zone) {
  if (is_second_showing(instant, zone)) {
    icalproperty_set_value(property, icalvalue_new_datetime(utc_time(instant)));
  } else {
    icalproperty_add_parameter(property, icalparameter_new_tzid(zone.name().c_str()));
  }
  return property;
}

std::string CalendarComponent::to_string() const {
  const std::unique_ptr<char, decltype(&std::free)> text(
      icalcomponent_as_ical_string_r(component_.get()), &std::free);
  return text.get();
}

}  // namespace frontdesk::appointments

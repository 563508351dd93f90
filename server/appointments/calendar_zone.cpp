#include "appointments/calendar_zone.hpp"

#include <chrono>

namespace frontdesk::appointments {
namespace {

using std::chrono::seconds;

// Standard and daylight time are names only: what counts is the offset. A clock that was put
// forward shows daylight time, which is what every zone but Dublin's means by it.
CalendarComponent observance(Instant onset, seconds before, seconds after) {
  CalendarComponent part(after > before ? ICAL_XDAYLIGHT_COMPONENT : ICAL_XSTANDARD_COMPONENT);
  // Section 3.6.5: the onset is told by the clock as it was before.
  const auto shown = CalendarComponent::wall_time(onset + before, Zone::utc());
  part.add(icalproperty_new_dtstart(shown));
  part.add(icalproperty_new_tzoffsetfrom(static_cast<int>(before.count())));
  part.add(icalproperty_new_tzoffsetto(static_cast<int>(after.count())));
  return part;
}

}  // namespace

CalendarComponent make_zone_component(const Zone& zone, Instant first, Instant last) {
  CalendarComponent component(ICAL_VTIMEZONE_COMPONENT);
  component.add(icalproperty_new_tzid(zone.name().c_str()));
  const seconds at_first = zone.offset_at(first);
  component.add(observance(first, at_first, at_first));
  for (auto change = zone.next_change(first); change && *change <= last;
       change = zone.next_change(*change)) {
    const seconds before = zone.offset_at(*change - seconds{1});
    component.add(observance(*change, before, zone.offset_at(*change)));
  }
  return component;
}

}  // namespace frontdesk::appointments

#include "appointments/calendar.hpp"

#include "appointments/calendar_component.hpp"
#include "appointments/calendar_zone.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

namespace frontdesk::appointments {
namespace {

// RFC 5545 has no words for what came of an event: what has taken place stays confirmed.
icalproperty_status status_of(Status status) {
  switch (status) {
    case Status::pending:
      return ICAL_STATUS_TENTATIVE;
    case Status::cancelled:
      return ICAL_STATUS_CANCELLED;
    case Status::confirmed:
    case Status::completed:
    case Status::no_show:
      return ICAL_STATUS_CONFIRMED;
  }
  std::unreachable();
}

std::string description_of(const Appointment& appointment) {
  std::string text = "With: " + appointment.staff.name;
  if (const auto name = customer_name(appointment); !name.empty()) {
    text.append("\nFor: ").append(name);
  }
  if (appointment.party_size > 1) text += "\nSeats: " + std::to_string(appointment.party_size);
  if (!appointment.notes.empty()) text += "\nNotes: " + appointment.notes;
  return text;
}

std::string summary_of(const Appointment& appointment, Reader reader) {
  const auto name = customer_name(appointment);
  if (reader == Reader::customer || name.empty()) return appointment.service.name;
  return std::string(name).append(": ").append(appointment.service.name);
}

/// `zone` is nothing for an event in UTC.
CalendarComponent event_of(const Appointment& appointment, const Venue& venue, Reader reader,
                           const Zone* zone) {
  CalendarComponent event(ICAL_VEVENT_COMPONENT);
  event.add(icalproperty_new_uid(appointment.id.to_string().c_str()));
  // When it was last changed and not the moment of writing: equal appointments are equal bytes.
  event.add_utc(icalproperty_new_dtstamp, appointment.updated_at);
  event.add_utc(icalproperty_new_created, appointment.created_at);
  event.add_utc(icalproperty_new_lastmodified, appointment.updated_at);
  event.add(icalproperty_new_sequence(static_cast<int>(appointment.version - 1)));
  if (zone != nullptr) {
    event.add_local(icalproperty_new_dtstart, appointment.starts_at, *zone);
    event.add_local(icalproperty_new_dtend, appointment.ends_at, *zone);
  } else {
    event.add_utc(icalproperty_new_dtstart, appointment.starts_at);
    event.add_utc(icalproperty_new_dtend, appointment.ends_at);
  }
  event.add_text(icalproperty_new_summary, summary_of(appointment, reader));
  event.add_text(icalproperty_new_description, description_of(appointment));
  event.add_text(icalproperty_new_location,
                 venue.address.empty() ? venue.name : venue.name + "\n" + venue.address);
  event.add(icalproperty_new_status(status_of(appointment.status)));
  event.add(icalproperty_new_transp(
      appointment.status == Status::cancelled ? ICAL_TRANSP_TRANSPARENT : ICAL_TRANSP_OPAQUE));
  return event;
}

CalendarComponent empty_calendar() {
  CalendarComponent calendar(ICAL_VCALENDAR_COMPONENT);
  calendar.add(icalproperty_new_version("2.0"));
  calendar.add(icalproperty_new_prodid("-//Frontdesk//Frontdesk//EN"));
  calendar.add(icalproperty_new_calscale("GREGORIAN"));
  return calendar;
}

/// The zones that appointments name, by id, each with the time that it has to be described for. A
/// zone that this machine has no data for is left out.
struct ZoneSpan {
  Zone zone;
  Instant first;
  Instant last;
};
std::map<std::string_view, ZoneSpan> zones_of(std::span<const Appointment> appointments) {
  std::map<std::string_view, ZoneSpan> zones;
  for (const auto& appointment : appointments) {
    auto known = zones.find(appointment.timezone);
    if (known == zones.end()) {
      const auto zone = Zone::find(appointment.timezone);
      if (!zone) continue;
      const ZoneSpan span{*zone, appointment.starts_at, appointment.ends_at};
      known = zones.emplace(appointment.timezone, span).first;
    }
    known->second.first = std::min(known->second.first, appointment.starts_at);
    known->second.last = std::max(known->second.last, appointment.ends_at);
  }
  return zones;
}

}  // namespace

std::string to_calendar(const Appointment& appointment, const Venue& venue) {
  auto calendar = empty_calendar();
  calendar.add(event_of(appointment, venue, Reader::customer, nullptr));
  return calendar.to_string();
}

std::string to_invitation(const Appointment& appointment, const Venue& venue,
                          const Correspondents& correspondents) {
  const bool is_cancelled = appointment.status == Status::cancelled;
  auto calendar = empty_calendar();
  calendar.add(icalproperty_new_method(is_cancelled ? ICAL_METHOD_CANCEL : ICAL_METHOD_REQUEST));
  auto event = event_of(appointment, venue, Reader::customer, nullptr);
  event.add_address(icalproperty_new_organizer, correspondents.organizer, venue.name);
  // They booked it: there is nothing left to accept.
  event.add_address(icalproperty_new_attendee, correspondents.attendee, customer_name(appointment),
                    {icalparameter_new_partstat(ICAL_PARTSTAT_ACCEPTED),
                     icalparameter_new_rsvp(ICAL_RSVP_FALSE)});
  calendar.add(std::move(event));
  return calendar.to_string();
}

std::string to_feed(std::span<const Appointment> appointments, const Venue& venue, Reader reader) {
  auto calendar = empty_calendar();
  // Not of the RFC, but read by the calendars in use: the name to show, and how often to look.
  calendar.add_extension("X-WR-CALNAME", venue.name);
  calendar.add_extension("X-PUBLISHED-TTL", "PT15M");
  const auto zones = zones_of(appointments);
  for (const auto& [name, span] : zones) {
    calendar.add(make_zone_component(span.zone, span.first - std::chrono::days{1}, span.last));
  }
  for (const auto& appointment : appointments) {
    const auto zone = zones.find(appointment.timezone);
    calendar.add(
        event_of(appointment, venue, reader, zone == zones.end() ? nullptr : &zone->second.zone));
  }
  return calendar.to_string();
}

}  // namespace frontdesk::appointments

#pragma once

#include "appointments/appointment.hpp"

#include <cstdint>
#include <span>
#include <string>

/// Appointments as iCalendar objects (RFC 5545), written by libical.
namespace frontdesk::appointments {

/// Where an appointment takes place.
struct Venue {
  std::string name;     ///< of the business
  std::string address;  ///< lines of text; may be empty
};

/// Whose calendar it is.
enum class Reader : std::uint8_t {
  customer,  ///< sees what they booked
  staff,     ///< sees whom each appointment is with
};

/// One appointment, in UTC. The UID is the appointment's id and SEQUENCE counts its changes, so
/// that a calendar that has it already updates it, to cancelled ones too.
std::string to_calendar(const Appointment& appointment, const Venue& venue);

/// Who is told of an appointment by mail, and from where: e-mail addresses.
struct Correspondents {
  std::string organizer;
  std::string attendee;
};

/// One appointment as a message to its customer's calendar (RFC 5546): METHOD is CANCEL for a
/// cancelled one and REQUEST otherwise. The event is that of to_calendar(), with organizer and
/// attendee, who need not answer.
std::string to_invitation(const Appointment& appointment, const Venue& venue,
                          const Correspondents& correspondents);

/// Many appointments, each on the wall clock of the zone it was booked in, with those zones; for a
/// calendar that subscribes. The same appointments give the same bytes. UIDs as in to_calendar().
std::string to_feed(std::span<const Appointment> appointments, const Venue& venue, Reader reader);

}  // namespace frontdesk::appointments

#pragma once

#include "appointments/appointment.hpp"

#include <string>
#include <string_view>

namespace frontdesk::appointments {

/// Where an appointment takes place.
struct Venue {
  std::string name;     ///< of the business
  std::string address;  ///< lines of text; may be empty
};

/// An iCalendar object (RFC 5545) with the appointment as its one event, in UTC. The UID is the
/// appointment's id and SEQUENCE counts its changes, so that a calendar that has it already updates
/// it, to cancelled ones too.
std::string to_calendar(const Appointment& appointment, const Venue& venue);

/// A content line of RFC 5545 section 3.1: CRLF at the end, folded so that no line has more than 75
/// octets and no character is cut. `name` may hold parameters.
std::string content_line(std::string_view name, std::string_view value);

/// A value of type TEXT (RFC 5545 section 3.3.11). CR and other control characters are left out.
std::string escape_calendar_text(std::string_view text);

}  // namespace frontdesk::appointments

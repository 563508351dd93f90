#include "appointments/calendar.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace frontdesk::appointments {
namespace {

constexpr std::size_t line_octets = 75;

/// `20260302T080000Z`, out of `2026-03-02T08:00:00Z` and finer.
std::string calendar_instant(Instant instant) {
  std::string text = format_instant(std::chrono::floor<std::chrono::seconds>(instant));
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

// RFC 5545 has no words for what came of an event: what has taken place stays confirmed.
std::string_view status_of(Status status) {
  switch (status) {
    case Status::pending:
      return "TENTATIVE";
    case Status::cancelled:
      return "CANCELLED";
    case Status::confirmed:
    case Status::completed:
    case Status::no_show:
      return "CONFIRMED";
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

bool continues_character(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

}  // namespace

std::string escape_calendar_text(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    if (c == '\n') {
      escaped += "\\n";
    } else if (c == '\\' || c == ';' || c == ',') {
      escaped.push_back('\\');
      escaped.push_back(c);
    } else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) {
      escaped.push_back(c);
    }
  }
  return escaped;
}

std::string content_line(std::string_view name, std::string_view value) {
  std::string line(name);
  line.append(":").append(value);
  std::string folded;
  std::string_view rest = line;
  std::size_t room = line_octets;
  while (rest.size() > room) {
    std::size_t end = room;
    while (end > 1 && continues_character(rest[end])) --end;
    folded.append(rest.substr(0, end)).append("\r\n ");
    rest.remove_prefix(end);
    room = line_octets - 1;  // the space counts
  }
  return folded.append(rest).append("\r\n");
}

std::string to_calendar(const Appointment& appointment, const Venue& venue) {
  std::string place = venue.name;
  if (!venue.address.empty()) place += "\n" + venue.address;
  const bool is_cancelled = appointment.status == Status::cancelled;
  std::string text;
  const auto add = [&](std::string_view name, std::string_view value) {
    text += content_line(name, value);
  };
  text += "BEGIN:VCALENDAR\r\n";
  add("VERSION", "2.0");
  add("PRODID", "-//Frontdesk//Frontdesk//EN");
  add("CALSCALE", "GREGORIAN");
  text += "BEGIN:VEVENT\r\n";
  add("UID", appointment.id.to_string());
  add("DTSTAMP", calendar_instant(appointment.updated_at));
  add("CREATED", calendar_instant(appointment.created_at));
  add("LAST-MODIFIED", calendar_instant(appointment.updated_at));
  add("SEQUENCE", std::to_string(appointment.version - 1));
  add("DTSTART", calendar_instant(appointment.starts_at));
  add("DTEND", calendar_instant(appointment.ends_at));
  add("SUMMARY", escape_calendar_text(appointment.service.name));
  add("DESCRIPTION", escape_calendar_text(description_of(appointment)));
  add("LOCATION", escape_calendar_text(place));
  add("STATUS", status_of(appointment.status));
  add("TRANSP", is_cancelled ? "TRANSPARENT" : "OPAQUE");
  text += "END:VEVENT\r\nEND:VCALENDAR\r\n";
  return text;
}

}  // namespace frontdesk::appointments

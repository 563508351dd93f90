#include "appointments/messages.hpp"

#include "core/ensure.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

namespace frontdesk::appointments {
namespace {

struct Wording {
  std::string_view subject;  ///< {0}: the service
  std::string_view opening;
};

Wording wording_of(Event event, Status status) {
  switch (event) {
    case Event::booked:
      if (status == Status::pending) {
        return {"We have your request: {0}",
                "Thank you for your request. We will confirm it as soon as we can."};
      }
      return {"You are booked: {0}", "Thank you for your booking. We look forward to seeing you."};
    case Event::confirmed:
      return {"Confirmed: {0}", "Your appointment is confirmed. We look forward to seeing you."};
    case Event::rescheduled:
      return {"New time: {0}", "Your appointment has moved to another time."};
    case Event::cancelled:
      return {"Cancelled: {0}", "Your appointment has been cancelled. We hope to see you again."};
    case Event::completed:
      return {"Thank you: {0}", "Thank you for your visit. We look forward to seeing you again."};
    case Event::missed:
      return {"We missed you: {0}",
              "You did not come to this appointment. You are welcome to book another one."};
    case Event::reopened:
      return {"Confirmed again: {0}", "Your appointment is confirmed again."};
  }
  std::unreachable();
}

// A name from the database must not be able to end a mail header (R33).
std::string on_one_line(std::string text) {
  std::ranges::replace_if(text, [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return text;
}

std::string escape_html(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped.push_back(c);
    }
  }
  return escaped;
}

std::string text_body(const Wording& wording, const Appointment& appointment) {
  std::string text = fmt::format(
      "Hello {},\n\n{}\n\nWhat: {}\nWith: {}\nWhen: {}\nHow long: {} minutes\n",
      customer_name(appointment), wording.opening, appointment.service.name, appointment.staff.name,
      describe_start(appointment), appointment.duration_minutes);
  if (appointment.party_size > 1) text += fmt::format("Seats: {}\n", appointment.party_size);
  if (appointment.status == Status::cancelled && appointment.cancel_reason) {
    text += fmt::format("Reason: {}\n", *appointment.cancel_reason);
  }
  return text;
}

std::string html_body(const std::string& text) {
  std::string html = "<p>";
  const std::string escaped = escape_html(text);
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    if (escaped.compare(i, 2, "\n\n") == 0) {
      html += "</p>\n<p>";
      ++i;
    } else if (escaped[i] == '\n') {
      html += i + 1 == escaped.size() ? "" : "<br>\n";
    } else {
      html.push_back(escaped[i]);
    }
  }
  return html + "</p>\n";
}

}  // namespace

std::string name_of(Event event) {
  constexpr std::array<std::string_view, event_count> names{
      "booked", "confirmed", "rescheduled", "cancelled", "completed", "no_show", "reopened"};
  return "appointment." + std::string(names[static_cast<std::size_t>(event)]);
}

std::string describe_start(const Appointment& appointment) {
  constexpr std::array<std::string_view, 7> days{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                                 "Thursday", "Friday", "Saturday"};
  constexpr std::array<std::string_view, 12> months{
      "January", "February", "March",     "April",   "May",      "June",
      "July",    "August",   "September", "October", "November", "December"};
  const std::chrono::year_month_day date{appointment.date};
  return fmt::format("{}, {} {} {} at {} ({})", days[weekday_of(appointment.date)],
                     static_cast<unsigned>(date.day()),
                     months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                     format_time(appointment.time), appointment.timezone);
}

queue::Message message_to_customer(Event event, const Appointment& appointment,
                                   const std::string& email) {
  ENSURE(appointment.user || appointment.walk_in);
  const Wording wording = wording_of(event, appointment.status);
  std::string text = text_body(wording, appointment);
  std::string html = html_body(text);
  return queue::Message{
      .event = name_of(event),
      .channel = "email",
      .to = email,
      .subject = on_one_line(fmt::format(fmt::runtime(wording.subject), appointment.service.name)),
      .text = std::move(text),
      .html = std::move(html),
      .user = appointment.user ? std::optional(appointment.user->id) : std::nullopt,
      .appointment = appointment.id};
}

}  // namespace frontdesk::appointments

#pragma once

#include "core/error.hpp"
#include "notifications/facts.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

/// What people are told of: one table of events, which templates, preferences and senders follow.
namespace frontdesk::notifications {

/// How a message reaches a person. `inbox` is the list in the app.
enum class Channel : std::uint8_t { email, sms, push, inbox };
inline constexpr int channel_count = 4;

/// `email`, `sms`, `push`, `inbox`
std::string_view slug_of(Channel channel);
std::optional<Channel> channel_from_slug(std::string_view slug);

/// Who is told.
enum class Audience : std::uint8_t {
  address,        ///< whoever reads an address or number; perhaps without an account
  user,           ///< the owner of an account
  customer,       ///< whose appointment it is: an account or a walk-in
  staff,          ///< the member whose appointment it is
  administrator,  ///< those who manage the installation
};

/// What a person switches on and off together.
enum class Group : std::uint8_t {
  security,        ///< codes and notices about the account; never off
  account,         ///< welcome
  bookings,        ///< a customer's appointments
  reminders,       ///< before an appointment
  follow_up,       ///< after an appointment; close to advertising
  waitlist,        ///< a place that has become free
  staff_bookings,  ///< a member's appointments
  staff_agenda,    ///< the day's list
  administration,  ///< what an administrator has to look after
};
inline constexpr int group_count = 9;

/// `security`, `staff_bookings`
std::string_view slug_of(Group group);

/// What sort of thing a fact is, which decides how a template shows it.
enum class Kind : std::uint8_t {
  name,    ///< of a person or thing; somebody typed it: cleaned, on one line, shortened
  words,   ///< as name, but up to 500 characters
  code,    ///< digits, as they are
  link,    ///< http or https; shown as a button or on a line of its own
  number,  ///< a count, minutes, days: may choose a plural
  moment,  ///< `{f}`, and `{f_short}`, `{f_day}`, `{f_time}`; the first two name the zone
  day,     ///< a day of the business's calendar
  money,
  agenda,  ///< repeats a line with `{starts}`, `{ends}`, `{service}`, `{customer}`
};

struct FactUse {
  std::string_view name;
  Kind kind;
  bool optional = false;  ///< absent: lines that name it are left out
};

/// One row of the catalogue.
struct Event {
  std::string_view name;  ///< `appointment.booked`: in the outbox, in preferences, in metrics
  Audience audience;
  Group group;
  bool can_be_switched_off;
  std::span<const Channel> channels;  ///< the first is the one to take where nothing else is known
  std::span<const FactUse> facts;     ///< beside those that every event has

  [[nodiscard]] bool takes(Channel channel) const;
};

/// Every event, in the order of the documentation.
std::span<const Event> events();

/// The event with this name, or nullptr.
const Event* find_event(std::string_view name);

/// What every event knows, of the business: its name and, where it has one, its address.
std::span<const FactUse> facts_of_every_event();

/// The fact that the name in a template speaks of, such as `starts_at` for `starts_at_day`; nullptr
/// where the event has none of that name.
const FactUse* find_fact(const Event& event, std::string_view name_in_template);

/// Whether `facts` has what the event promises its templates: each fact that is not optional, all
/// of the kind that the catalogue says. Facts that no template may use are let pass. Refuses with
/// `facts_incomplete`, whose message names the fact and never its value.
std::optional<Error> check_facts(const Event& event, const Facts& facts);

}  // namespace frontdesk::notifications

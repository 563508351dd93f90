#include "notifications/events.hpp"

#include "notifications/currency_digits.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace frontdesk::notifications {
namespace {

using enum Channel;
using enum Kind;

constexpr std::array channel_slugs{"email", "sms", "push", "inbox"};
constexpr std::array group_slugs{"security",       "account",      "bookings",
                                 "reminders",      "follow_up",    "waitlist",
                                 "staff_bookings", "staff_agenda", "administration"};
static_assert(channel_slugs.size() == channel_count && group_slugs.size() == group_count);

constexpr std::array mail_only{email};
constexpr std::array sms_only{sms};
constexpr std::array mail_and_app{email, push, inbox};
constexpr std::array mail_and_inbox{email, inbox};
constexpr std::array every_channel{email, sms, push, inbox};

constexpr std::array of_every_event{FactUse{"business", name},
                                    FactUse{"business_address", words, true}};

// Mails to an address that may be a stranger's hold nothing that a visitor typed: or a registration
// would let anybody send words of their own to anyone.
constexpr std::array code_facts{FactUse{"code", code}, FactUse{"minutes", number}};
constexpr std::array site_facts{FactUse{"site_link", link}};
constexpr std::array reset_facts{FactUse{"code", code}, FactUse{"minutes", number},
                                 FactUse{"hours", number}, FactUse{"reset_link", link}};
constexpr std::array login_facts{FactUse{"logged_in_at", moment}, FactUse{"device", name, true},
                                 FactUse{"network_address", name, true},
                                 FactUse{"site_link", link}};
constexpr std::array welcome_facts{FactUse{"name", name, true}, FactUse{"site_link", link}};
constexpr std::array invitation_facts{FactUse{"inviter", name, true}, FactUse{"role", name, true},
                                      FactUse{"days", number}, FactUse{"invitation_link", link}};

constexpr std::array appointment_facts{FactUse{"name", name, true},
                                       FactUse{"service", name},
                                       FactUse{"staff", name},
                                       FactUse{"starts_at", moment},
                                       FactUse{"minutes", number},
                                       FactUse{"price", money, true},
                                       FactUse{"party_size", number, true},
                                       FactUse{"previous_starts_at", moment, true},
                                       FactUse{"reason", words, true},
                                       FactUse{"manage_link", link, true},
                                       FactUse{"booking_link", link, true}};
constexpr std::array offer_facts{FactUse{"name", name, true},  FactUse{"service", name},
                                 FactUse{"staff", name, true}, FactUse{"starts_at", moment},
                                 FactUse{"minutes", number},   FactUse{"offered_until", moment},
                                 FactUse{"offer_link", link}};

constexpr std::array staff_facts{
    FactUse{"name", name, true},    FactUse{"customer", name},
    FactUse{"service", name},       FactUse{"starts_at", moment},
    FactUse{"minutes", number},     FactUse{"party_size", number, true},
    FactUse{"phone", name, true},   FactUse{"previous_starts_at", moment, true},
    FactUse{"reason", words, true}, FactUse{"calendar_link", link, true}};
constexpr std::array agenda_facts{FactUse{"name", name, true}, FactUse{"day", day},
                                  FactUse{"count", number}, FactUse{"agenda", agenda},
                                  FactUse{"calendar_link", link, true}};
constexpr std::array webhook_facts{FactUse{"endpoint", words}, FactUse{"days", number},
                                   FactUse{"site_link", link}};

constexpr bool fixed = false;
constexpr bool switchable = true;

// script/check-templates reads the names in this table.
constexpr std::array catalogue{
    Event{"auth.code", Audience::address, Group::security, fixed, mail_only, code_facts},
    Event{"auth.known_address", Audience::address, Group::security, fixed, mail_only, site_facts},
    Event{"auth.password_reset", Audience::user, Group::security, fixed, mail_only, reset_facts},
    Event{"auth.password_changed", Audience::user, Group::security, fixed, mail_and_app,
          site_facts},
    Event{"auth.email_change", Audience::address, Group::security, fixed, mail_only, code_facts},
    Event{"auth.email_changed", Audience::address, Group::security, fixed, mail_only, site_facts},
    Event{"auth.new_login", Audience::user, Group::security, fixed, mail_and_app, login_facts},
    Event{"auth.token_reused", Audience::user, Group::security, fixed, mail_and_app, site_facts},
    Event{"auth.phone_code", Audience::address, Group::security, fixed, sms_only, code_facts},
    Event{"auth.invitation", Audience::address, Group::security, fixed, mail_only,
          invitation_facts},
    Event{"auth.welcome", Audience::user, Group::account, switchable, mail_and_inbox,
          welcome_facts},
    Event{"appointment.requested", Audience::customer, Group::bookings, switchable, every_channel,
          appointment_facts},
    Event{"appointment.booked", Audience::customer, Group::bookings, switchable, every_channel,
          appointment_facts},
    Event{"appointment.confirmed", Audience::customer, Group::bookings, switchable, every_channel,
          appointment_facts},
    Event{"appointment.rescheduled", Audience::customer, Group::bookings, switchable, every_channel,
          appointment_facts},
    Event{"appointment.cancelled", Audience::customer, Group::bookings, switchable, every_channel,
          appointment_facts},
    Event{"appointment.reopened", Audience::customer, Group::bookings, switchable, every_channel,
          appointment_facts},
    Event{"appointment.reminder", Audience::customer, Group::reminders, switchable, every_channel,
          appointment_facts},
    Event{"appointment.no_show", Audience::customer, Group::follow_up, switchable, mail_and_app,
          appointment_facts},
    Event{"appointment.completed", Audience::customer, Group::follow_up, switchable, mail_and_app,
          appointment_facts},
    Event{"waitlist.offer", Audience::customer, Group::waitlist, switchable, every_channel,
          offer_facts},
    Event{"staff.requested", Audience::staff, Group::staff_bookings, switchable, mail_and_app,
          staff_facts},
    Event{"staff.booked", Audience::staff, Group::staff_bookings, switchable, mail_and_app,
          staff_facts},
    Event{"staff.rescheduled", Audience::staff, Group::staff_bookings, switchable, mail_and_app,
          staff_facts},
    Event{"staff.cancelled", Audience::staff, Group::staff_bookings, switchable, mail_and_app,
          staff_facts},
    Event{"staff.agenda", Audience::staff, Group::staff_agenda, switchable, mail_and_app,
          agenda_facts},
    Event{"webhook.disabled", Audience::administrator, Group::administration, switchable,
          mail_and_inbox, webhook_facts},
};

constexpr std::array<std::string_view, 3> moment_suffixes{"_short", "_day", "_time"};

const FactUse* named(std::span<const FactUse> facts, std::string_view name_wanted) {
  const auto found = std::ranges::find(facts, name_wanted, &FactUse::name);
  return found == facts.end() ? nullptr : &*found;
}

const FactUse* exact_fact(const Event& event, std::string_view fact_name) {
  const auto* own = named(event.facts, fact_name);
  return own != nullptr ? own : named(of_every_event, fact_name);
}

bool is_of_kind(const Fact& fact, Kind kind) {
  switch (kind) {
    case name:
    case words:
    case code:
    case link:
      return std::holds_alternative<std::string>(fact);
    case number:
      return std::holds_alternative<std::int64_t>(fact);
    case moment:
      return std::holds_alternative<Moment>(fact);
    case day:
      return std::holds_alternative<LocalDate>(fact);
    case money:
      return std::holds_alternative<Money>(fact);
    case agenda:
      return std::holds_alternative<Agenda>(fact);
  }
  return false;
}

// What a mail program opens when it is clicked: no javascript:, and nothing that ends the line.
bool is_safe_link(std::string_view text) {
  constexpr std::size_t longest = 2000;
  if (!text.starts_with("https://") && !text.starts_with("http://")) return false;
  return text.size() <= longest && std::ranges::all_of(text, [](unsigned char c) {
           return c > 0x20 && c < 0x7f && c != '"' && c != '<' && c != '>' && c != '\\';
         });
}

bool is_safe_code(std::string_view text) {
  constexpr std::size_t longest = 32;
  return !text.empty() && text.size() <= longest && std::ranges::all_of(text, [](unsigned char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || c == '-';
  });
}

Error incomplete(const Event& event, const FactUse& use, std::string_view trouble) {
  return Error{.kind = ErrorKind::internal,
               .code = "facts_incomplete",
               .message = fmt::format("{}: the fact {} {}.", event.name, use.name, trouble)};
}

}  // namespace

std::string_view slug_of(Channel channel) {
  return channel_slugs[static_cast<std::size_t>(channel)];
}

std::optional<Channel> channel_from_slug(std::string_view slug) {
  const auto found = std::ranges::find(channel_slugs, slug);
  if (found == channel_slugs.end()) return std::nullopt;
  return static_cast<Channel>(found - channel_slugs.begin());
}

std::string_view slug_of(Group group) {
  return group_slugs[static_cast<std::size_t>(group)];
}

bool Event::takes(Channel channel) const {
  return std::ranges::find(channels, channel) != channels.end();
}

std::span<const Event> events() {
  return catalogue;
}

const Event* find_event(std::string_view event_name) {
  const auto found = std::ranges::find(catalogue, event_name, &Event::name);
  return found == catalogue.end() ? nullptr : &*found;
}

std::span<const FactUse> facts_of_every_event() {
  return of_every_event;
}

const FactUse* find_fact(const Event& event, std::string_view name_in_template) {
  if (const auto* exact = exact_fact(event, name_in_template)) return exact;
  for (const auto suffix : moment_suffixes) {
    if (!name_in_template.ends_with(suffix)) continue;
    name_in_template.remove_suffix(suffix.size());
    const auto* stem = exact_fact(event, name_in_template);
    return stem != nullptr && stem->kind == moment ? stem : nullptr;
  }
  return nullptr;
}

std::optional<Error> check_facts(const Event& event, const Facts& facts) {
  for (const auto& use : event.facts) {
    const auto found = facts.find(use.name);
    if (found == facts.end()) {
      if (use.optional) continue;
      return incomplete(event, use, "is missing");
    }
    if (!is_of_kind(found->second, use.kind)) return incomplete(event, use, "is of another kind");
    if (use.kind == link && !is_safe_link(std::get<std::string>(found->second))) {
      return incomplete(event, use, "is no link of http or https");
    }
    if (use.kind == code && !is_safe_code(std::get<std::string>(found->second))) {
      return incomplete(event, use, "is no code");
    }
    if (use.kind == money && !is_currency_code(std::get<Money>(found->second).currency)) {
      return incomplete(event, use, "is in no currency");
    }
  }
  return std::nullopt;
}

}  // namespace frontdesk::notifications

#include "accounts/events.hpp"

#include "queue/event.hpp"

#include <chrono>

#include <fmt/format.h>

namespace frontdesk::accounts {
namespace {

using queue::FactsWriter;

std::int64_t minutes_of(std::chrono::seconds duration) {
  return std::chrono::floor<std::chrono::minutes>(duration).count();
}

std::string link_to_password(const Options& options, std::string_view token) {
  return fmt::format("{}/reset-password#token={}", options.public_origin, token);
}

// Most of them have nothing to say but where to go.
queue::Message with_site_link(const char* event, UserId user, std::string_view public_origin) {
  FactsWriter facts;
  facts.text("site_link", public_origin);
  auto message = queue::event_message(event, facts);
  message.user = user;
  return message;
}

}  // namespace

queue::Message code_event(CodePurpose purpose, const EmailAddress& to, std::string_view code,
                          const CodeRules& rules, const CodeReader& reader) {
  FactsWriter facts;
  facts.text("code", code).number("minutes", minutes_of(rules.lifetime));
  if (!reader.locale.empty()) facts.text("locale", reader.locale);
  auto message = queue::event_message(
      purpose == CodePurpose::email_change ? "auth.email_change" : "auth.code", facts);
  message.to = to.text();
  message.user = reader.user;
  return message;
}

queue::Message phone_code_event(const std::string& phone, UserId user, std::string_view code,
                                const CodeRules& rules) {
  FactsWriter facts;
  facts.text("code", code).number("minutes", minutes_of(rules.lifetime));
  auto message = queue::event_message("auth.phone_code", facts);
  message.to = phone;
  message.user = user;
  return message;
}

queue::Message known_address_event(const EmailAddress& to, UserId owner,
                                   std::string_view public_origin) {
  auto message = with_site_link("auth.known_address", owner, public_origin);
  message.to = to.text();
  return message;
}

queue::Message token_reused_event(UserId user, std::string_view public_origin) {
  return with_site_link("auth.token_reused", user, public_origin);
}

queue::Message password_reset_event(UserId user, std::string_view code, std::string_view token,
                                    const Options& options) {
  const auto hours = std::chrono::floor<std::chrono::hours>(options.reset_link_lifetime);
  FactsWriter facts;
  facts.text("code", code)
      .number("minutes", minutes_of(options.codes.lifetime))
      .number("hours", hours.count())
      .text("reset_link", link_to_password(options, token));
  auto message = queue::event_message("auth.password_reset", facts);
  message.user = user;
  return message;
}

queue::Message invitation_event(const InvitationMail& invitation, std::string_view token,
                                const Options& options) {
  FactsWriter facts;
  if (invitation.inviter) facts.text("inviter", *invitation.inviter);
  facts.text("role", invitation.role_name)
      .number("days", std::chrono::ceil<std::chrono::days>(invitation.lifetime).count())
      .text("locale", invitation.locale)
      .text("invitation_link", link_to_password(options, token));
  auto message = queue::event_message("auth.invitation", facts);
  message.to = invitation.to;
  message.user = invitation.user;
  return message;
}

queue::Message password_changed_event(UserId user, std::string_view public_origin) {
  return with_site_link("auth.password_changed", user, public_origin);
}

queue::Message email_changed_event(const std::string& to, UserId user,
                                   std::string_view public_origin) {
  auto message = with_site_link("auth.email_changed", user, public_origin);
  message.to = to;
  return message;
}

queue::Message welcome_event(UserId user, std::string_view name, std::string_view public_origin) {
  FactsWriter facts;
  facts.text("name", name).text("site_link", public_origin);
  auto message = queue::event_message("auth.welcome", facts);
  message.user = user;
  return message;
}

queue::Message new_login_event(const NewLogin& login, std::string_view public_origin) {
  FactsWriter facts;
  facts.moment("logged_in_at", login.at);
  if (login.device) facts.text("device", *login.device);
  facts.text("network_address", login.address).text("site_link", public_origin);
  auto message = queue::event_message("auth.new_login", facts);
  message.user = login.user;
  return message;
}

}  // namespace frontdesk::accounts

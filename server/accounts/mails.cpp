#include "accounts/mails.hpp"

#include <initializer_list>

#include <fmt/format.h>

namespace frontdesk::accounts {
namespace {

queue::Message mail(const char* event, const std::string& to, std::string subject,
                    std::initializer_list<std::string> paragraphs) {
  queue::Message message{.event = event,
                         .channel = "email",
                         .to = to,
                         .subject = std::move(subject),
                         .text = {},
                         .html = {}};
  for (const auto& paragraph : paragraphs) {
    message.text += (message.text.empty() ? "" : "\n\n") + paragraph;
    message.html += "<p>" + paragraph + "</p>";
  }
  message.text += "\n";
  return message;
}

}  // namespace

queue::Message code_mail(const EmailAddress& to, std::string_view code, const CodeRules& rules) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(rules.lifetime).count();
  return mail("auth.code", to.text(), "Your code",
              {fmt::format("Your code is {}", code),
               fmt::format("Enter it within {} minutes to confirm this e-mail address.", minutes),
               "If you did not ask for it, ignore this mail: nothing happens without the code."});
}

queue::Message known_address_mail(const EmailAddress& to, std::string_view public_origin) {
  return mail(
      "auth.known_address", to.text(), "You already have an account",
      {"Somebody, probably you, tried to use this e-mail address for another account. It has "
       "an account already, so nothing was changed.",
       fmt::format("You can log in at {}", public_origin)});
}

queue::Message token_reused_mail(const std::string& to, UserId user,
                                 std::string_view public_origin) {
  auto message =
      mail("auth.token_reused", to, "You were logged out on a device",
           {"One of your sessions was used from two places at once. That can mean that somebody "
            "copied it, so we have ended it.",
            fmt::format("Log in again at {} and, if you are in doubt, change your password.",
                        public_origin)});
  message.user = user;
  return message;
}

queue::Message password_reset_mail(const EmailAddress& to, UserId user, std::string_view code,
                                   std::string_view token, const Options& options) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(options.codes.lifetime);
  const auto hours = std::chrono::duration_cast<std::chrono::hours>(options.reset_link_lifetime);
  auto message = mail(
      "auth.password_reset", to.text(), "Choose a new password",
      {fmt::format("Your code is {}", code),
       fmt::format("Enter it within {} minutes to choose a new password, or open this link within "
                   "{} hours: {}/reset-password#token={}",
                   minutes.count(), hours.count(), options.public_origin, token),
       "If you did not ask for it, ignore this mail: nothing happens without the code or the "
       "link."});
  message.user = user;
  return message;
}

queue::Message password_changed_mail(const EmailAddress& to, UserId user,
                                     std::string_view public_origin) {
  auto message = mail(
      "auth.password_changed", to.text(), "Your password was changed",
      {"The password of your account was changed, and every other device was logged out.",
       fmt::format("If that was not you, choose \"Forgot password\" at {} now.", public_origin)});
  message.user = user;
  return message;
}

queue::Message email_changed_mail(const std::string& to, UserId user,
                                  std::string_view public_origin) {
  auto message =
      mail("auth.email_changed", to, "Your e-mail address was changed",
           {"Your account has another e-mail address now, and every other device was logged out. "
            "This address does not log in any more.",
            fmt::format("If that was not you, get in touch with us at once: {}", public_origin)});
  message.user = user;
  return message;
}

}  // namespace frontdesk::accounts

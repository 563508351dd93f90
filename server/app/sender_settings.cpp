#include "app/sender_settings.hpp"

#include "app/push_settings.hpp"
#include "app/setting_syntax.hpp"
#include "core/phone_number.hpp"
#include "outbound/mail.hpp"
#include "outbound/reach.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

namespace frontdesk::app {
namespace {

std::optional<std::vector<std::string>> parse_reach(std::string_view text) {
  auto networks = split_list(text);
  if (!outbound::Reach::with(networks)) return std::nullopt;
  return networks;
}

// Whether a sender was given, be it one that can be used or not.
bool read_mail(SettingReader& reader, Config& config) {
  if (auto url = reader.take("FRONTDESK_SMTP_URL")) {
    if (auto server = outbound::parse_smtp_url(*url)) {
      config.smtp = std::move(*server);
      config.smtp_url = std::move(*url);
    } else {
      reader.add_problem(fmt::format("FRONTDESK_SMTP_URL cannot be used: {}.", server.error()));
    }
  }
  bool has_from = false;
  reader.read("FRONTDESK_MAIL_FROM", config.mail_from,
              "a sender such as Salon Example <desk@example.org>", [&](std::string_view text) {
                has_from = true;
                auto mailbox = outbound::parse_mailbox(text);
                if (mailbox && outbound::ascii_address(mailbox->address).empty()) mailbox.reset();
                return mailbox ? std::optional(std::optional(std::move(*mailbox))) : std::nullopt;
              });
  return has_from;
}

void read_outbound(SettingReader& reader, Config& config) {
  reader.read("FRONTDESK_OUTBOUND_CA", config.outbound_ca,
              "a file of certificates that can be read",
              [](std::string_view text) -> std::optional<std::string> {
                std::string file(text);
                if (::access(file.c_str(), R_OK) != 0) return std::nullopt;
                return file;
              });
  reader.read("FRONTDESK_WEBHOOK_NETWORKS", config.webhook_networks,
              "a list of networks such as 10.0.0.0/8", parse_reach);
}

void check_mail(SettingReader& reader, const Config& config, bool has_from) {
  if (config.smtp && !has_from) {
    reader.add_problem(
        "FRONTDESK_MAIL_FROM is missing: the sender of all mails, such as Salon Example "
        "<desk@example.org>.");
  }
  if (has_from && config.smtp_url.empty() && !reader.has_problems()) {
    reader.add_problem(
        "FRONTDESK_SMTP_URL is missing: FRONTDESK_MAIL_FROM says who sends, not by which server.");
  }
}

void read_twilio(SettingReader& reader, Config& config) {
  outbound::TwilioSettings twilio;
  const auto is_sender = [](std::string_view text) {
    return is_phone_number(text) || outbound::is_twilio_sid(text, "MG");
  };
  reader.read("FRONTDESK_TWILIO_ACCOUNT_SID", twilio.account_sid,
              "an account SID: AC and 32 hexadecimal digits", [](std::string_view text) {
                return outbound::is_twilio_sid(text, "AC") ? std::optional(std::string(text))
                                                           : std::nullopt;
              });
  reader.read("FRONTDESK_TWILIO_AUTH_TOKEN", twilio.auth_token, "an auth token",
              [](std::string_view text) { return parse_plain_text(text, 200); });
  reader.read("FRONTDESK_TWILIO_FROM", twilio.from,
              "a number such as +15005550006 or the SID of a messaging service",
              [&](std::string_view text) {
                return is_sender(text) ? std::optional(std::string(text)) : std::nullopt;
              });
  reader.read("FRONTDESK_TWILIO_URL", twilio.url, "an origin such as https://api.twilio.com",
              parse_origin);
  const auto given =
      std::ranges::count_if(std::array{&twilio.account_sid, &twilio.auth_token, &twilio.from},
                            [](const std::string* value) { return !value->empty(); });
  if (given != 0 && given != 3) {
    reader.add_problem(
        "FRONTDESK_TWILIO_ACCOUNT_SID, FRONTDESK_TWILIO_AUTH_TOKEN and FRONTDESK_TWILIO_FROM "
        "belong together: set all of them or none.");
  }
  if (!config.development() && twilio.url.starts_with("http:")) {
    reader.add_problem("FRONTDESK_TWILIO_URL must be https in production.");
  }
  if (given == 3) config.twilio = std::move(twilio);
}

void read_fcm(SettingReader& reader, Config& config) {
  if (auto file = reader.take("FRONTDESK_FCM_CREDENTIALS")) {
    if (auto account = load_service_account(*file)) {
      config.fcm_token_url = account->token_url();
      config.fcm_account = std::move(*account);
      config.fcm_credentials = std::move(*file);
    } else {
      reader.add_problem(
          fmt::format("FRONTDESK_FCM_CREDENTIALS cannot be used: {}.", account.error()));
    }
  }
  const auto expected = "an https address, or one of this machine";
  reader.read("FRONTDESK_FCM_URL", config.fcm_url, expected, parse_service_origin);
  reader.read("FRONTDESK_FCM_TOKEN_URL", config.fcm_token_url, expected, parse_service_url);
  if (config.fcm_account && !parse_service_url(config.fcm_token_url)) {
    reader.add_problem(
        "FRONTDESK_FCM_TOKEN_URL is missing: the file of FRONTDESK_FCM_CREDENTIALS does not say "
        "where tokens come from.");
  }
}

void read_web_push(SettingReader& reader, Config& config) {
  reader.read("FRONTDESK_VAPID_PRIVATE_KEY", config.vapid_private_key,
              "64 hexadecimal digits, or 43 characters of base64url, of a key on P-256",
              parse_vapid_key);
  reader.read("FRONTDESK_VAPID_SUBJECT", config.vapid_subject,
              "an address for the push services such as mailto:desk@example.org",
              parse_vapid_subject);
  reader.read("FRONTDESK_WEB_PUSH_HOSTS", config.web_push_hosts,
              "a list of hosts such as push.example.org or *.push.example.org", parse_push_hosts);
  if (config.vapid_private_key.empty() || !config.vapid_subject.empty()) return;
  config.vapid_subject = default_vapid_subject(config);
  if (config.vapid_subject.empty()) {
    reader.add_problem(
        "FRONTDESK_VAPID_SUBJECT is missing: whom a push service asks about our messages, such as "
        "mailto:desk@example.org.");
  }
}

}  // namespace

void read_senders(SettingReader& reader, Config& config) {
  const bool has_from = read_mail(reader, config);
  read_outbound(reader, config);
  check_mail(reader, config, has_from);
  read_twilio(reader, config);
  read_fcm(reader, config);
  read_web_push(reader, config);
}

}  // namespace frontdesk::app

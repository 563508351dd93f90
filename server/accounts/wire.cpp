#include "accounts/wire.hpp"

#include "access/access.hpp"
#include "accounts/password_policy.hpp"
#include "core/zone.hpp"
#include "http/fields.hpp"

#include <algorithm>
#include <string_view>

namespace frontdesk::accounts::wire {
namespace {

using http::Fields;

constexpr std::size_t max_token_characters = 512;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// E.164: a plus, 7 to 15 digits, no leading zero.
bool is_phone(std::string_view text) {
  return text.size() >= 8 && text.size() <= 16 && text[0] == '+' && text[1] != '0' &&
         std::ranges::all_of(text.substr(1), is_digit);
}

// The shape of a BCP 47 tag: a language, then parts of 1 to 8 letters or digits.
bool is_locale(std::string_view text) {
  for (bool first = true;; first = false) {
    const auto part = text.substr(0, text.find('-'));
    const bool fits =
        first ? part.size() >= 2 && part.size() <= 3 && std::ranges::all_of(part, is_letter)
              : !part.empty() && part.size() <= 8 &&
                    std::ranges::all_of(part, [](char c) { return is_letter(c) || is_digit(c); });
    if (!fits) return false;
    if (part.size() == text.size()) return true;
    text.remove_prefix(part.size() + 1);
  }
}

bool is_zone(std::string_view text) {
  return Zone::find(text).has_value();
}

bool is_code(std::string_view text) {
  return text.size() == 6 && std::ranges::all_of(text, is_digit);
}

std::optional<EmailAddress> read_email(Fields& fields) {
  const auto text = fields.text("email", {.max = 1000});
  if (!text) return std::nullopt;
  auto address = EmailAddress::parse(*text);
  if (!address) fields.reject("email", "invalid", "This is not an e-mail address.");
  return address;
}

std::optional<std::string> read_checked(Fields& fields, std::string_view name,
                                        http::TextLimits limits, bool (*fits)(std::string_view),
                                        const char* message) {
  auto text = fields.optional_text(name, limits);
  if (text && !fits(*text)) fields.reject(name, "invalid", message);
  return text;
}

std::optional<Secret> secret_of(std::optional<std::string> text) {
  if (!text) return std::nullopt;
  std::optional<Secret> secret(*text);
  frontdesk::wipe(*text);
  return secret;
}

std::optional<Secret> read_new_password(Fields& fields, const std::optional<EmailAddress>& owner) {
  auto text = fields.text("password", {.max = 1000});
  if (!text) return std::nullopt;
  if (auto error = check_password("password", *text, owner)) {
    fields.reject("password", std::move(error->code), std::move(error->message));
  }
  return secret_of(std::move(text));
}

void write_role_and_permissions(JsonWriter& json, const Account& account) {
  json.key("role").begin_object();
  json.member("id", account.role).member("name", account.role_name);
  json.end_object();
  json.key("permissions").begin_array();
  for (const auto permission : access::list(account.permissions)) json.value(slug_of(permission));
  json.end_array();
}

void write_members(JsonWriter& json, const TokenPair& tokens) {
  json.member("access_token", tokens.access_token);
  json.member("token_type", "Bearer");
  json.member("expires_in", tokens.access_lifetime.count());
  json.member("refresh_token", tokens.refresh_token);
  json.member("refresh_expires_in", tokens.refresh_lifetime.count());
}

void write_members(JsonWriter& json, const CodeSent& sent) {
  json.member("email", sent.email.text());
  json.member("expires_at", sent.expires_at);
  json.member("resend_after", sent.resend_after);
}

}  // namespace

Result<Registration> read_registration(const boost::json::value& body) {
  Fields fields(body);
  auto name = fields.text("name", {.min = 1, .max = 100, .one_line = true});
  auto email = read_email(fields);
  auto password = read_new_password(fields, email);
  auto phone = read_checked(fields, "phone", {.max = 16}, is_phone,
                            "A phone number starts with + and the country's code.");
  auto locale = read_checked(fields, "locale", {.min = 2, .max = 35}, is_locale,
                             "A locale is a BCP 47 tag such as de-DE.");
  auto timezone = read_checked(fields, "timezone", {.min = 1, .max = 64}, is_zone,
                               "A time zone is an IANA id such as Europe/Berlin.");
  if (auto error = fields.error()) return refuse(std::move(*error));
  return Registration{.name = std::move(*name),
                      .email = std::move(*email),
                      .password = std::move(*password),
                      .phone = std::move(phone),
                      .locale = std::move(locale).value_or("en"),
                      .timezone = std::move(timezone)};
}

Result<EmailVerification> read_verification(const boost::json::value& body) {
  Fields fields(body);
  auto email = read_email(fields);
  auto code = fields.text("code", {.max = 100});
  if (code && !is_code(*code)) fields.reject("code", "invalid", "A code has six digits.");
  const auto registration = fields.optional_id<Uuid>("registration_id");
  if (auto error = fields.error()) return refuse(std::move(*error));
  return EmailVerification{std::move(*email), std::move(*code), registration};
}

Result<EmailAddress> read_resend(const boost::json::value& body) {
  Fields fields(body);
  auto email = read_email(fields);
  if (auto error = fields.error()) return refuse(std::move(*error));
  return std::move(*email);
}

Result<Credentials> read_credentials(const boost::json::value& body) {
  Fields fields(body);
  auto email = read_email(fields);
  auto password = secret_of(fields.text("password", {.min = 1, .max = 128}));
  auto device = fields.optional_text("device_name", {.min = 1, .max = 100, .one_line = true});
  if (auto error = fields.error()) return refuse(std::move(*error));
  return Credentials{std::move(*email), std::move(*password), std::move(device)};
}

Result<Secret> read_refresh(const boost::json::value& body) {
  Fields fields(body);
  auto token = secret_of(fields.text("refresh_token", {.min = 1, .max = max_token_characters}));
  if (auto error = fields.error()) return refuse(std::move(*error));
  return std::move(*token);
}

Result<std::optional<Secret>> read_logout(const boost::json::value& body) {
  Fields fields(body);
  auto token =
      secret_of(fields.optional_text("refresh_token", {.min = 1, .max = max_token_characters}));
  if (auto error = fields.error()) return refuse(std::move(*error));
  return token;
}

void write(JsonWriter& json, const PendingRegistration& registration) {
  json.begin_object();
  json.member("registration_id", registration.id);
  write_members(json, registration.sent);
  json.end_object();
}

void write(JsonWriter& json, const CodeSent& sent) {
  json.begin_object();
  write_members(json, sent);
  json.end_object();
}

void write(JsonWriter& json, const Account& account) {
  json.begin_object();
  json.member("id", account.id);
  json.member("name", account.name);
  json.member("email", account.email);
  json.member("email_verified", account.email_verified);
  json.member("phone", account.phone);
  json.member("locale", account.locale);
  json.member("timezone", account.timezone);
  write_role_and_permissions(json, account);
  json.member("created_at", account.created_at);
  json.member("updated_at", account.updated_at);
  json.member("version", account.version);
  json.end_object();
}

void write(JsonWriter& json, const TokenPair& tokens) {
  json.begin_object();
  write_members(json, tokens);
  json.end_object();
}

void write(JsonWriter& json, const LoggedIn& logged_in) {
  json.begin_object();
  write_members(json, logged_in.tokens);
  json.key("user").begin_object();
  json.member("id", logged_in.account.id);
  json.member("name", logged_in.account.name);
  json.member("email", logged_in.account.email);
  json.member("email_verified", logged_in.account.email_verified);
  write_role_and_permissions(json, logged_in.account);
  json.end_object();
  json.end_object();
}

}  // namespace frontdesk::accounts::wire

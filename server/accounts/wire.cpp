#include "accounts/wire.hpp"

#include "access/access.hpp"
#include "accounts/account_fields_wire.hpp"

#include <string_view>

namespace frontdesk::accounts::wire {
namespace {

using http::Fields;

constexpr std::size_t max_token_characters = 512;
constexpr std::size_t max_link_characters = 128;

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
  auto name = fields.text("name", person_name);
  auto email = read_email(fields);
  auto password = read_new_password(fields, "password", email);
  auto phone = read_phone(fields);
  auto locale = read_locale(fields);
  auto timezone = read_timezone(fields);
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
  auto code = read_code(fields);
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

Result<PasswordReset> read_password_reset(const boost::json::value& body) {
  Fields fields(body);
  PasswordReset reset;
  reset.token = secret_of(fields.optional_text("token", {.min = 1, .max = max_link_characters}));
  const bool is_by_link = reset.token || !fields.good();  // a bad one is still one
  if (!is_by_link) {
    reset.email = read_email(fields);
    reset.code = read_code(fields);
  } else {
    if (fields.given("email")) reset.email = read_email(fields);
    if (fields.optional_text("code", {.max = 100})) {
      fields.reject("code", "invalid", "Send a code or a token, not both.");
    }
  }
  auto password = read_new_password(fields, "password", reset.email);
  if (auto error = fields.error()) return refuse(std::move(*error));
  reset.password = std::move(*password);
  return reset;
}

Result<Credentials> read_credentials(const boost::json::value& body) {
  Fields fields(body);
  auto email = read_email(fields);
  auto password = read_password(fields, "password");
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

void write(JsonWriter& json, const PhoneCodeSent& sent) {
  json.begin_object();
  json.member("phone", sent.phone);
  json.member("expires_at", sent.expires_at);
  json.member("resend_after", sent.resend_after);
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
  json.member("phone_verified", account.phone_verified);
  json.member("locale", account.locale);
  json.member("timezone", account.timezone);
  json.key("avatar");
  if (account.avatar) {
    media::write(json, *account.avatar);
  } else {
    json.null();
  }
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

void write(JsonWriter& json, const Session& session) {
  json.begin_object();
  json.member("id", session.id);
  json.member("device_name", session.device_name);
  json.member("address", session.address);
  json.member("current", session.current);
  json.member("created_at", session.created_at);
  json.member("last_used_at", session.last_used_at);
  json.member("expires_at", session.expires_at);
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

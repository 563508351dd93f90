#include "accounts/account_fields_wire.hpp"

#include "accounts/password_policy.hpp"
#include "core/language_tag.hpp"
#include "core/phone_number.hpp"
#include "core/zone.hpp"

#include <algorithm>

namespace frontdesk::accounts::wire {
namespace {

using http::Fields;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_zone(std::string_view text) {
  return Zone::find(text).has_value();
}

std::optional<std::string> read_checked(Fields& fields, std::string_view name,
                                        http::TextLimits limits, bool (*fits)(std::string_view),
                                        const char* message) {
  auto text = fields.optional_text(name, limits);
  if (text && !fits(*text)) fields.reject(name, "invalid", message);
  return text;
}

}  // namespace

std::optional<EmailAddress> read_email(Fields& fields) {
  const auto text = fields.text("email", {.max = 1000});
  if (!text) return std::nullopt;
  auto address = EmailAddress::parse(*text);
  if (!address) fields.reject("email", "invalid", "This is not an e-mail address.");
  return address;
}

std::optional<Secret> secret_of(std::optional<std::string> text) {
  if (!text) return std::nullopt;
  std::optional<Secret> secret(*text);
  frontdesk::wipe(*text);
  return secret;
}

std::optional<Secret> read_password(Fields& fields, std::string_view name) {
  return secret_of(fields.text(name, {.min = 1, .max = 128}));
}

std::optional<Secret> read_new_password(Fields& fields, std::string_view name,
                                        const std::optional<EmailAddress>& owner) {
  auto text = fields.text(name, {.max = 1000});
  if (!text) return std::nullopt;
  if (auto error = check_password(name, *text, owner)) {
    fields.reject(name, std::move(error->code), std::move(error->message));
  }
  return secret_of(std::move(text));
}

std::optional<std::string> read_code(Fields& fields) {
  auto code = fields.text("code", {.max = 100});
  if (code && (code->size() != 6 || !std::ranges::all_of(*code, is_digit))) {
    fields.reject("code", "invalid", "A code has six digits.");
  }
  return code;
}

std::optional<std::string> read_phone(Fields& fields) {
  return read_checked(fields, "phone", {.max = 16}, is_phone_number,
                      "A phone number starts with + and the country's code.");
}

std::optional<std::string> read_locale(Fields& fields) {
  return read_checked(fields, "locale", {.min = 2, .max = 35}, is_language_tag,
                      "A locale is a BCP 47 tag such as de-DE.");
}

std::optional<std::string> read_timezone(Fields& fields) {
  return read_checked(fields, "timezone", {.min = 1, .max = 64}, is_zone,
                      "A time zone is an IANA id such as Europe/Berlin.");
}

}  // namespace frontdesk::accounts::wire

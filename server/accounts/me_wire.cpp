#include "accounts/me_wire.hpp"

#include "accounts/account_fields_wire.hpp"

namespace frontdesk::accounts::wire {
namespace {

using http::Fields;

// A field that may be emptied: null takes away what is there.
template <class Read>
std::optional<std::optional<std::string>> read_nullable(Fields& fields, std::string_view name,
                                                        Read read) {
  if (!fields.given(name)) return std::nullopt;
  return std::optional<std::optional<std::string>>(std::in_place, read(fields));
}

}  // namespace

Result<AccountChange> read_account_change(const boost::json::value& body) {
  Fields fields(body);
  AccountChange change;
  if (fields.given("name")) change.name = fields.text("name", person_name);
  change.phone = read_nullable(fields, "phone", read_phone);
  // The account always has one: null is refused before the tag is looked at.
  if (fields.given("locale") && fields.text("locale", {.min = 2, .max = 35}))
    change.locale = read_locale(fields);
  change.timezone = read_nullable(fields, "timezone", read_timezone);
  if (auto error = fields.error()) return refuse(std::move(*error));
  return change;
}

Result<PasswordChange> read_password_change(const boost::json::value& body) {
  Fields fields(body);
  auto current = read_password(fields, "current_password");
  auto wanted = read_new_password(fields, "new_password", std::nullopt);
  if (auto error = fields.error()) return refuse(std::move(*error));
  return PasswordChange{.current = std::move(*current), .wanted = std::move(*wanted)};
}

Result<EmailChange> read_email_change(const boost::json::value& body) {
  Fields fields(body);
  auto email = read_email(fields);
  auto password = read_password(fields, "current_password");
  if (auto error = fields.error()) return refuse(std::move(*error));
  return EmailChange{.email = std::move(*email), .current_password = std::move(*password)};
}

Result<std::string> read_sent_code(const boost::json::value& body) {
  Fields fields(body);
  auto code = read_code(fields);
  if (auto error = fields.error()) return refuse(std::move(*error));
  return std::move(*code);
}

}  // namespace frontdesk::accounts::wire

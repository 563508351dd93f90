#include "accounts/user_wire.hpp"

#include "accounts/account_fields_wire.hpp"

namespace frontdesk::accounts::wire {

Result<Invitation> read_invitation(const boost::json::value& body) {
  http::Fields fields(body);
  auto name = fields.text("name", person_name);
  auto email = read_email(fields);
  const auto role = fields.id<RoleId>("role_id");
  auto locale = read_locale(fields);
  if (auto error = fields.error()) return refuse(std::move(*error));
  return Invitation{.name = std::move(*name),
                    .email = std::move(*email),
                    .role = *role,
                    .locale = std::move(locale)};
}

void write_managed(JsonWriter& json, const Account& account) {
  json.begin_object();
  json.member("id", account.id);
  json.member("name", account.name);
  json.member("email", account.email);
  json.member("email_verified", account.email_verified);
  json.member("phone", account.phone);
  json.member("locale", account.locale);
  json.member("status", account.status);
  json.key("role").begin_object();
  json.member("id", account.role).member("name", account.role_name);
  json.end_object();
  json.member("created_at", account.created_at);
  json.member("updated_at", account.updated_at);
  json.member("version", account.version);
  json.end_object();
}

}  // namespace frontdesk::accounts::wire

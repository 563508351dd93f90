#pragma once

#include "accounts/account.hpp"
#include "core/error.hpp"
#include "core/json_writer.hpp"

#include <optional>

#include <boost/json/value.hpp>

/// JSON ↔ domain, for the routes under /auth and /users/me. What cannot be read is refused with 422
/// and every bad field by name.
namespace frontdesk::accounts::wire {

Result<Registration> read_registration(const boost::json::value& body);
Result<EmailVerification> read_verification(const boost::json::value& body);
Result<EmailAddress> read_resend(const boost::json::value& body);
Result<PasswordReset> read_password_reset(const boost::json::value& body);
Result<Credentials> read_credentials(const boost::json::value& body);
Result<Secret> read_refresh(const boost::json::value& body);
Result<std::optional<Secret>> read_logout(const boost::json::value& body);

void write(JsonWriter& json, const PendingRegistration& registration);
void write(JsonWriter& json, const CodeSent& sent);
void write(JsonWriter& json, const PhoneCodeSent& sent);
void write(JsonWriter& json, const Account& account);
void write(JsonWriter& json, const TokenPair& tokens);
void write(JsonWriter& json, const Session& session);
void write(JsonWriter& json, const LoggedIn& logged_in);

}  // namespace frontdesk::accounts::wire

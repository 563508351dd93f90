#pragma once

#include "accounts/account.hpp"
#include "core/error.hpp"

#include <boost/json/value.hpp>

/// JSON → domain for what a person changes of their own account, under /users/me. What cannot be
/// read is refused with 422 and every bad field by name.
namespace frontdesk::accounts::wire {

/// {name?, phone?, locale?, timezone?}; null takes phone and time zone away.
Result<AccountChange> read_account_change(const boost::json::value& body);

/// {current_password, new_password}
Result<PasswordChange> read_password_change(const boost::json::value& body);

/// {email, current_password}
Result<EmailChange> read_email_change(const boost::json::value& body);

/// {code}
Result<std::string> read_sent_code(const boost::json::value& body);

}  // namespace frontdesk::accounts::wire

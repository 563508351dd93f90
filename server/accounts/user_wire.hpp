#pragma once

#include "accounts/account.hpp"
#include "core/error.hpp"
#include "core/json_writer.hpp"

#include <boost/json/value.hpp>

/// JSON ↔ domain, for the routes by which logins are managed. What cannot be read is refused with
/// 422 and every bad field by name.
namespace frontdesk::accounts::wire {

Result<Invitation> read_invitation(const boost::json::value& body);

/// A login as those who manage logins see it (R18): not what its owner alone needs to know.
void write_managed(JsonWriter& json, const Account& account);

}  // namespace frontdesk::accounts::wire

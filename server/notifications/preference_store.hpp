#pragma once

#include "notifications/preferences.hpp"
#include "notifications/recipient.hpp"

/// What people have chosen: with the other stores the only place that names SQL.
namespace frontdesk::notifications::store {

/// Until the transaction ends nobody else changes what this person has chosen; false where there is
/// no such account.
Task<bool> lock_preferences(db::Connection& connection, const UserId& user);

Task<OwnPreferences> preferences(db::Connection& connection, const UserId& user);

/// In place of what was there; the new version.
Task<std::int64_t> replace_preferences(db::Connection& connection, const UserId& user,
                                       const Preferences& chosen);

Task<std::optional<Recipient>> find_recipient(db::Connection& connection, const UserId& user,
                                              Group group);

}  // namespace frontdesk::notifications::store

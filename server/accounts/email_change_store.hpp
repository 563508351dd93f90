#pragma once

#include "accounts/options.hpp"
#include "core/digest.hpp"
#include "core/email_address.hpp"
#include "core/error.hpp"
#include "core/instant.hpp"
#include "core/uuid.hpp"
#include "db/connection.hpp"

#include <optional>

/// Changes of e-mail addresses: with the other stores the only place that names SQL.
namespace frontdesk::accounts::store {

/// An address that an account is to move to, with the code that proves it.
struct PendingEmail {
  Uuid id;
  EmailAddress email;
  Sha256Digest code;
};
/// In place of an earlier one.
Task<void> save_email_change(db::Connection& connection, UserId user, const PendingEmail& pending,
                             Instant code_expires_at);
Task<void> delete_email_change(db::Connection& connection, UserId user);

/// Takes a guess at the code of a user and says what it must be; nothing where no guess is left,
/// the code has expired or there is none (R01).
Task<std::optional<PendingEmail>> guess_email_change(db::Connection& connection, UserId user,
                                                     const CodeRules& rules);

/// Takes it, so that it is there once only; false where it is gone or another one has come.
Task<bool> take_email_change(db::Connection& connection, UserId user, const Uuid& id);

/// Refuses with 409 `email_taken` where another account has the address.
Task<Result<void>> update_email(db::Connection& connection, UserId user, const EmailAddress& email);

}  // namespace frontdesk::accounts::store

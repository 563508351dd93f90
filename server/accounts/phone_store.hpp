#pragma once

#include "accounts/options.hpp"
#include "core/digest.hpp"
#include "core/instant.hpp"
#include "core/uuid.hpp"
#include "db/connection.hpp"

#include <chrono>
#include <optional>
#include <string>

/// Codes that prove phone numbers: with the other stores the only place that names SQL.
namespace frontdesk::accounts::store {

/// How long until another SMS may leave for the number that `number_key` stands for (R22); zero:
/// one may now.
Task<std::chrono::seconds> until_next_sms(db::Connection& connection, const Uuid& number_key);

/// A number that was sent a code, with what proves it.
struct PendingPhone {
  Uuid id;
  std::string phone;  ///< E.164
  Sha256Digest code;
};
/// In place of an earlier one.
Task<void> save_phone_code(db::Connection& connection, UserId user, const PendingPhone& pending,
                           Instant code_expires_at);

/// Takes a guess at the code of a user and says what it must be; nothing where no guess is left,
/// the code has expired or there is none (R01).
Task<std::optional<PendingPhone>> guess_phone_code(db::Connection& connection, UserId user,
                                                   const CodeRules& rules);

/// Takes it, so that it is there once only; false where it is gone or another one has come.
Task<bool> take_phone_code(db::Connection& connection, UserId user, const Uuid& id);

}  // namespace frontdesk::accounts::store

#pragma once

#include "accounts/options.hpp"
#include "core/digest.hpp"
#include "core/email_address.hpp"
#include "core/instant.hpp"
#include "core/uuid.hpp"
#include "db/connection.hpp"

#include <chrono>
#include <optional>
#include <string>

/// Password resets: with the other stores the only place that names SQL.
namespace frontdesk::accounts::store {

/// A mail that opens an account (again): a link, and a code where it is not an invitation (R08).
struct NewReset {
  Uuid id;
  UserId user;
  std::optional<Sha256Digest> code;
  std::optional<Instant> code_expires_at;
  Sha256Digest token;
  std::chrono::seconds token_lifetime;
};

/// Somebody who wants a new password.
struct Forgetful {
  UserId user;
  bool usable = false;  ///< verified, and not disabled
  std::string role_name;
  std::string locale;
  /// How long the invitation of an invited one still runs.
  std::optional<std::chrono::seconds> invited_for;
};
Task<std::optional<Forgetful>> find_forgetful(db::Connection& connection,
                                              const EmailAddress& address);

/// Adds it, and voids the codes of earlier ones, but not their links.
void add_reset(db::Batch& batch, const NewReset& reset);

/// Takes a guess at the code of an address and says what it must be; nothing where no guess is
/// left, the code has expired or there is none (R01).
struct ExpectedCode {
  Uuid reset;
  Sha256Digest code;
};
Task<std::optional<ExpectedCode>> guess_reset(db::Connection& connection,
                                              const EmailAddress& address, const CodeRules& rules);

/// The reset that a link belongs to, while it is good.
struct KnownLink {
  Uuid reset;
  EmailAddress email;  ///< the account's
};
Task<std::optional<KnownLink>> find_reset(db::Connection& connection, const Sha256Digest& token);

/// Takes a reset by its code or its link, so that it is there once only; whose it was.
Task<std::optional<UserId>> take_reset(db::Connection& connection, const Uuid& reset,
                                       const Sha256Digest& proof);

/// Voids every code and link of an account.
Task<void> delete_resets(db::Connection& connection, UserId user);

}  // namespace frontdesk::accounts::store

#pragma once

#include "accounts/account_store.hpp"
#include "accounts/client_network.hpp"
#include "accounts/login_store.hpp"
#include "accounts/shared.hpp"
#include "audit/audit.hpp"
#include "core/actor.hpp"
#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/task.hpp"
#include "db/pool.hpp"
#include "db/transaction.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace frontdesk::accounts {

/// One attempt to show that one knows an account's password (R08), be it to log in or to change
/// what a thief would change first. Three steps: begin() in a transaction of its own, compare()
/// outside of any, settle() in the transaction that does what the password was asked for.
struct PasswordAttempt {
  const Actor& actor;
  Shared& shared;
  std::string action;    ///< of its audit entries
  Sha256Digest address;  ///< Shared::address_hmac of what was tried
  std::string network = client_network(actor.address);
  Uuid id = Uuid::generate();
  std::optional<store::LoginRow> account = {};  ///< if there is one; to be found before begin()
};

/// The audit entry of how it ended: success, refused or failure.
audit::Entry entry_of(const PasswordAttempt& attempt, const char* outcome);

/// Counts the attempt as failed before the password is looked at, so that a hundred of them at the
/// same moment are judged no differently from a hundred in a row. Refuses with 429
/// `account_locked`. To be called with a place in the hasher's queue at hand: a full one must lock
/// nobody out.
Task<Result<void>> begin(db::Transaction& transaction, const PasswordAttempt& attempt);

/// Whether the password is that of an account that may log in; if not, the audit log has it. An
/// unknown account costs as much time as a known one (R05).
Task<bool> compare(db::Pool& pool, const PasswordHasher::Slot& slot, const PasswordAttempt& attempt,
                   std::string_view password, Deadline deadline);

/// The refusal of a `current_password` that is not: 422. Not 401, which would tell the client that
/// its token is no good.
Error wrong_password();

/// Clears what begin() counted and holds the account until the transaction ends. False where it has
/// changed since it was compared: then the password proves nothing.
Task<bool> settle(db::Connection& connection, const PasswordAttempt& attempt);

}  // namespace frontdesk::accounts

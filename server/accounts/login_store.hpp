#pragma once

#include "accounts/lockout.hpp"
#include "core/digest.hpp"
#include "db/connection.hpp"

#include <string>

/// Failed logins: with the other stores the only place that names SQL.
namespace frontdesk::accounts::store {

/// What stands against an attempt, and the time by the database's clock (R62).
struct LockoutRow {
  Lockout lockout;
  Instant now;
};
Task<LockoutRow> lockout(db::Connection& connection, const Sha256Digest& address,
                         const std::string& network);
Task<void> save_lockout(db::Connection& connection, const Sha256Digest& address,
                        const std::string& network, const Lockout& lockout);
Task<void> clear_lockout(db::Connection& connection, const Sha256Digest& address,
                         const std::string& network);

/// What a reset clears: for every network (R08).
Task<void> clear_lockouts(db::Connection& connection, const Sha256Digest& address);

/// Records an attempt (R08), as wrong until it turns out otherwise, or as locked.
Task<void> record_attempt(db::Connection& connection, const Uuid& id, const Sha256Digest& address,
                          const std::string& client_address, bool locked);
Task<void> mark_attempt_successful(db::Connection& connection, const Uuid& id);

}  // namespace frontdesk::accounts::store

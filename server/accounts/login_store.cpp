#include "accounts/login_store.hpp"

#include "accounts/statements.hpp"

#include <string_view>

namespace frontdesk::accounts::store {

Task<LockoutRow> lockout(db::Connection& connection, const Sha256Digest& address,
                         const std::string& network) {
  const auto rows = co_await connection.execute(sql::load_lockout, address, network);
  const auto row = rows[0];
  co_return LockoutRow{.lockout = {.failed_at = row.get<std::vector<Instant>>(1),
                                   .locks = row.get<std::int32_t>(2),
                                   .locked_until = row.get<std::optional<Instant>>(3),
                                   .consecutive_failures = row.get<std::int32_t>(4)},
                       .now = row.get<Instant>(0)};
}

Task<void> save_lockout(db::Connection& connection, const Sha256Digest& address,
                        const std::string& network, const Lockout& lockout) {
  co_await connection.execute(sql::save_login_lock, address, network, lockout.failed_at,
                              lockout.locks, lockout.locked_until);
  co_await connection.execute(sql::save_login_failures, address, lockout.consecutive_failures);
}

Task<void> clear_lockout(db::Connection& connection, const Sha256Digest& address,
                         const std::string& network) {
  co_await connection.execute(sql::clear_login_lock, address, network);
  co_await connection.execute(sql::clear_login_failures, address);
}

Task<void> clear_lockouts(db::Connection& connection, const Sha256Digest& address) {
  co_await connection.execute(sql::clear_login_locks, address);
  co_await connection.execute(sql::clear_login_failures, address);
}

Task<void> record_attempt(db::Connection& connection, const Uuid& id, const Sha256Digest& address,
                          const std::string& client_address, bool locked) {
  const std::string_view outcome = locked ? "locked" : "wrong";
  co_await connection.execute(sql::insert_login_attempt, id, address, client_address, outcome);
}

Task<void> mark_attempt_successful(db::Connection& connection, const Uuid& id) {
  co_await connection.execute(sql::mark_attempt_successful, id);
}

}  // namespace frontdesk::accounts::store

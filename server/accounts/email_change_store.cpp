#include "accounts/email_change_store.hpp"

#include "accounts/account_store.hpp"
#include "accounts/statements.hpp"

namespace frontdesk::accounts::store {

Task<void> save_email_change(db::Connection& connection, UserId user, const PendingEmail& pending,
                             Instant code_expires_at) {
  co_await connection.execute(sql::save_email_change, user, pending.id, pending.email.text(),
                              pending.code, code_expires_at);
}

Task<void> delete_email_change(db::Connection& connection, UserId user) {
  co_await connection.execute(sql::delete_email_change, user);
}

Task<std::optional<PendingEmail>> guess_email_change(db::Connection& connection, UserId user,
                                                     const CodeRules& rules) {
  const auto rows = co_await connection.execute(sql::guess_email_change, user, rules.guesses);
  if (rows.empty()) co_return std::nullopt;
  co_return PendingEmail{.id = rows[0].get<Uuid>(0),
                         .email = stored_address(rows[0].get<std::string_view>(1)),
                         .code = rows[0].get<Sha256Digest>(2)};
}

Task<bool> take_email_change(db::Connection& connection, UserId user, const Uuid& id) {
  const auto rows = co_await connection.execute(sql::take_email_change, user, id);
  co_return !rows.empty();
}

Task<Result<void>> update_email(db::Connection& connection, UserId user,
                                const EmailAddress& email) {
  try {
    co_await connection.execute(sql::update_email, user, email.text());
  } catch (const db::SqlError& error) {
    if (error.constraint() != "users_email_unique") throw;
    co_return refuse(email_taken());
  }
  co_return Result<void>();
}

}  // namespace frontdesk::accounts::store

#include "accounts/phone_store.hpp"

#include "accounts/statements.hpp"

namespace frontdesk::accounts::store {

Task<void> save_phone_code(db::Connection& connection, UserId user, const PendingPhone& pending,
                           Instant code_expires_at) {
  co_await connection.execute(sql::save_phone_code, user, pending.id, pending.phone, pending.code,
                              code_expires_at);
}

Task<std::optional<PendingPhone>> guess_phone_code(db::Connection& connection, UserId user,
                                                   const CodeRules& rules) {
  const auto rows = co_await connection.execute(sql::guess_phone_code, user, rules.guesses);
  if (rows.empty()) co_return std::nullopt;
  co_return PendingPhone{.id = rows[0].get<Uuid>(0),
                         .phone = rows[0].get<std::string>(1),
                         .code = rows[0].get<Sha256Digest>(2)};
}

Task<bool> take_phone_code(db::Connection& connection, UserId user, const Uuid& id) {
  const auto rows = co_await connection.execute(sql::take_phone_code, user, id);
  co_return !rows.empty();
}

}  // namespace frontdesk::accounts::store

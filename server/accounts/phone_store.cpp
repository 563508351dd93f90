#include "accounts/phone_store.hpp"

#include "accounts/statements.hpp"

#include <algorithm>

namespace frontdesk::accounts::store {

Task<std::chrono::seconds> until_next_sms(db::Connection& connection, const Uuid& number_key) {
  const auto rows = co_await connection.execute(sql::seconds_until_next_sms, number_key);
  if (rows.empty()) co_return std::chrono::seconds::zero();
  const std::chrono::duration<double> wait(rows[0].get<double>(0));
  co_return std::max(std::chrono::seconds{1}, std::chrono::ceil<std::chrono::seconds>(wait));
}

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

#include "accounts/reset_store.hpp"

#include "accounts/account_store.hpp"
#include "accounts/statements.hpp"

namespace frontdesk::accounts::store {

Task<std::optional<Forgetful>> find_forgetful(db::Connection& connection,
                                              const EmailAddress& address) {
  const auto rows = co_await connection.execute(sql::find_forgetful, address.text());
  if (rows.empty()) co_return std::nullopt;
  const db::Row row = rows[0];
  Forgetful found{.user = row.get<UserId>(0),
                  .usable = row.get<bool>(1),
                  .role_name = row.get<std::string>(2),
                  .locale = row.get<std::string>(3),
                  .invited_for = {}};
  if (const auto left = row.get<std::optional<double>>(4)) {
    found.invited_for =
        std::chrono::floor<std::chrono::seconds>(std::chrono::duration<double>(*left));
  }
  co_return found;
}

void add_reset(db::Batch& batch, const NewReset& reset) {
  batch.add(sql::replace_reset_codes, reset.user);
  batch.add(sql::insert_password_reset, reset.id, reset.user, reset.code, reset.code_expires_at,
            reset.token, static_cast<double>(reset.token_lifetime.count()));
}

Task<std::optional<ExpectedCode>> guess_reset(db::Connection& connection,
                                              const EmailAddress& address, const CodeRules& rules) {
  const auto rows =
      co_await connection.execute(sql::guess_reset_code, address.text(), rules.guesses);
  if (rows.empty()) co_return std::nullopt;
  co_return ExpectedCode{.reset = rows[0].get<Uuid>(0), .code = rows[0].get<Sha256Digest>(1)};
}

Task<std::optional<KnownLink>> find_reset(db::Connection& connection, const Sha256Digest& token) {
  const auto rows = co_await connection.execute(sql::find_reset_link, token);
  if (rows.empty()) co_return std::nullopt;
  co_return KnownLink{.reset = rows[0].get<Uuid>(0),
                      .email = stored_address(rows[0].get<std::string_view>(1))};
}

Task<std::optional<UserId>> take_reset(db::Connection& connection, const Uuid& reset,
                                       const Sha256Digest& proof) {
  const auto rows = co_await connection.execute(sql::take_password_reset, reset, proof);
  if (rows.empty()) co_return std::nullopt;
  co_return rows[0].get<UserId>(0);
}

Task<void> delete_resets(db::Connection& connection, UserId user) {
  co_await connection.execute(sql::delete_password_resets, user);
}

}  // namespace frontdesk::accounts::store

#include "accounts/registration_store.hpp"

#include "accounts/statements.hpp"

#include <cstring>

namespace frontdesk::accounts::store {
namespace {

double seconds(std::chrono::seconds duration) {
  return static_cast<double>(duration.count());
}

}  // namespace

Task<void> lock_address(db::Connection& connection, const Sha256Digest& address) {
  std::int64_t key = 0;
  std::memcpy(&key, address.data(), sizeof key);
  co_await connection.execute(sql::lock_address, key);
}

Task<std::chrono::seconds> until_next_code(db::Connection& connection, const Sha256Digest& address,
                                           CodePurpose purpose, const CodeRules& rules) {
  const auto rows =
      co_await connection.execute(sql::seconds_until_next_code, address, text_of(purpose),
                                  seconds(rules.pause), rules.per_hour, rules.per_day);
  co_return std::chrono::seconds(rows[0].get<std::int64_t>(0));
}

Task<SendTimes> record_send(db::Connection& connection, const Sha256Digest& address,
                            CodePurpose purpose, const CodeRules& rules) {
  const auto rows =
      co_await connection.execute(sql::insert_code_send, Uuid::generate(), address,
                                  text_of(purpose), seconds(rules.lifetime), seconds(rules.pause));
  co_return SendTimes{rows[0].get<Instant>(0), rows[0].get<Instant>(1)};
}

Task<void> insert_registration(db::Connection& connection, const Uuid& id,
                               const Registration& registration, const std::string& password_hash,
                               const Sha256Digest& code, Instant expires_at) {
  co_await connection.execute(sql::insert_pending_registration, id, registration.email.text(),
                              registration.name, password_hash, registration.phone,
                              registration.locale, registration.timezone, code, expires_at);
}

Task<std::optional<NewestRegistration>> newest_registration(db::Connection& connection,
                                                            const EmailAddress& address) {
  const auto rows = co_await connection.execute(sql::find_newest_registration, address.text());
  if (rows.empty()) co_return std::nullopt;
  co_return NewestRegistration{rows[0].get<Uuid>(0), rows[0].get<std::string>(1)};
}

Task<void> replace_code(db::Connection& connection, const Uuid& registration,
                        const Sha256Digest& code, Instant expires_at) {
  co_await connection.execute(sql::replace_pending_code, registration, code, expires_at);
}

Task<std::optional<Uuid>> sole_registration(db::Connection& connection,
                                            const EmailAddress& address) {
  const auto rows = co_await connection.execute(sql::find_registrations, address.text());
  if (rows.size() != 1) co_return std::nullopt;
  co_return rows[0].get<Uuid>(0);
}

Task<std::optional<Sha256Digest>> take_guess(db::Connection& connection, const Uuid& registration,
                                             const EmailAddress& address, const CodeRules& rules) {
  const auto rows = co_await connection.execute(sql::guess_pending_code, registration,
                                                address.text(), rules.guesses);
  if (rows.empty()) co_return std::nullopt;
  co_return rows[0].get<Sha256Digest>(0);
}

Task<std::optional<TakenRegistration>> take_registration(db::Connection& connection,
                                                         const Uuid& registration,
                                                         const Sha256Digest& code) {
  const auto rows = co_await connection.execute(sql::take_pending_registration, registration, code);
  if (rows.empty()) co_return std::nullopt;
  co_return TakenRegistration{.name = rows[0].get<std::string>(0),
                              .password_hash = rows[0].get<std::string>(1),
                              .phone = rows[0].get<std::optional<std::string>>(2),
                              .locale = rows[0].get<std::string>(3),
                              .timezone = rows[0].get<std::optional<std::string>>(4)};
}

Task<void> delete_registrations(db::Connection& connection, const EmailAddress& address) {
  co_await connection.execute(sql::delete_registrations_of_address, address.text());
}

}  // namespace frontdesk::accounts::store

#pragma once

#include "accounts/account.hpp"
#include "accounts/one_time_code.hpp"
#include "accounts/options.hpp"
#include "db/connection.hpp"

#include <chrono>
#include <optional>

/// Codes and pending registrations: with the other stores the only place that names SQL.
namespace frontdesk::accounts::store {

/// Until the transaction ends, no other one works on this address.
Task<void> lock_address(db::Connection& connection, const Sha256Digest& address);

/// How long the address has to wait for its next code; zero for not at all (R01).
Task<std::chrono::seconds> until_next_code(db::Connection& connection, const Sha256Digest& address,
                                           CodePurpose purpose, const CodeRules& rules);

/// Counts a send. When the code expires, and when the next may go, by the database's clock (R62).
struct SendTimes {
  Instant expires_at;
  Instant resend_after;
};
Task<SendTimes> record_send(db::Connection& connection, const Sha256Digest& address,
                            CodePurpose purpose, const CodeRules& rules);

Task<void> insert_registration(db::Connection& connection, const Uuid& id,
                               const Registration& registration, const std::string& password_hash,
                               const Sha256Digest& code, Instant expires_at);

struct NewestRegistration {
  Uuid id;
  std::string locale;  ///< BCP 47
};
Task<std::optional<NewestRegistration>> newest_registration(db::Connection& connection,
                                                            const EmailAddress& address);
Task<void> replace_code(db::Connection& connection, const Uuid& registration,
                        const Sha256Digest& code, Instant expires_at);

/// The registration of the address; nothing where it has none, or several (R04).
Task<std::optional<Uuid>> sole_registration(db::Connection& connection,
                                            const EmailAddress& address);

/// Takes a guess at a code and says what it must be; nothing where no guess is left, the code has
/// expired or there is no such registration of this address (R01).
Task<std::optional<Sha256Digest>> take_guess(db::Connection& connection, const Uuid& registration,
                                             const EmailAddress& address, const CodeRules& rules);

/// A registration whose code was right; taken, so that it is there once only.
struct TakenRegistration {
  std::string name;
  std::string password_hash;
  std::optional<std::string> phone;
  std::string locale;
  std::optional<std::string> timezone;
};
Task<std::optional<TakenRegistration>> take_registration(db::Connection& connection,
                                                         const Uuid& registration,
                                                         const Sha256Digest& code);

Task<void> delete_registrations(db::Connection& connection, const EmailAddress& address);

}  // namespace frontdesk::accounts::store

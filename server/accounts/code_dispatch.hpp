#pragma once

#include "accounts/account.hpp"
#include "accounts/events.hpp"
#include "accounts/registration_store.hpp"
#include "accounts/shared.hpp"
#include "core/error.hpp"
#include "core/task.hpp"
#include "db/connection.hpp"
#include "queue/outbox.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace frontdesk::accounts {

/// Counts and sends the codes that prove an e-mail address, within the limits of R01. Part of the
/// caller's transaction.
class CodeDispatch {
 public:
  CodeDispatch(const Shared& shared, const queue::Outbox& outbox,
               CodePurpose purpose = CodePurpose::email_verification)
      : shared_(shared), outbox_(outbox), purpose_(purpose) {}

  /// Takes the address until the transaction ends and counts a send; the caller then sends
  /// something, or nothing where there is nobody to send to. Refuses with 429 `code_limited`.
  Task<Result<CodeSent>> begin(db::Connection& connection, const EmailAddress& address);

  /// How the code of a flow (a registration, a reset) rests in the database.
  [[nodiscard]] Sha256Digest seal(const Uuid& flow, const EmailAddress& address,
                                  std::string_view code) const;

  Task<void> send_code(db::Connection& connection, const EmailAddress& address,
                       std::string_view code, CodeReader reader);
  /// Tells `owner` that their address has an account.
  Task<void> send_known_address(db::Connection& connection, const EmailAddress& address,
                                UserId owner);

 private:
  const Shared& shared_;
  const queue::Outbox& outbox_;
  CodePurpose purpose_;
};

/// The refusal of a code that may leave in `wait` only: 429 `code_limited`.
Error code_limited(std::chrono::seconds wait);

/// Counts a send to whatever `target` stands for, within the limits of `rules`; nobody else sends
/// to it until the transaction ends. Refuses with 429 `code_limited` (R01).
Task<Result<store::SendTimes>> count_send(db::Connection& connection, const Sha256Digest& target,
                                          CodePurpose purpose, const CodeRules& rules);

/// The refusal of a code or link that is wrong, spent, replaced or expired: 422 `code_invalid`.
Error code_invalid();

}  // namespace frontdesk::accounts

#pragma once

#include "core/actor.hpp"
#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/task.hpp"

#include <string_view>

namespace frontdesk::http {

/// Who a bearer token speaks for. The feature that issues tokens implements it; belongs to one
/// thread.
class Authenticator {
 public:
  virtual ~Authenticator() = default;

  /// The holder of a token that is valid and whose session is alive (R11, R12), with user, session
  /// and permissions; address and request id are the pipeline's to fill in. Refuses with kind
  /// unauthenticated (401). Never says yes because it could not find out: it then throws a Fault.
  virtual Task<Result<Actor>> authenticate(std::string_view bearer_token, Deadline deadline) = 0;

  /// Somebody who is logged in asked for an operation without the permission for it; the answer is
  /// 403 and the audit log wants to know (R73). What it throws changes nothing but the log.
  virtual Task<void> note_denial(const Actor& /*actor*/, std::string_view /*operation*/) {
    co_return;
  }
};

/// For a listener without accounts: no token is valid.
class NoAccounts final : public Authenticator {
 public:
  Task<Result<Actor>> authenticate(std::string_view /*bearer_token*/,
                                   Deadline /*deadline*/) override {
    co_return refuse({.kind = ErrorKind::unauthenticated,
                      .code = "unauthenticated",
                      .message = "There are no accounts here."});
  }
};

}  // namespace frontdesk::http

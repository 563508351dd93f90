#pragma once

#include "accounts/session_check.hpp"
#include "http/authenticator.hpp"

namespace frontdesk::accounts {

/// The pipeline's question who holds a bearer token, handed to the session check. One per thread.
class BearerAuthenticator final : public http::Authenticator {
 public:
  /// `check` must outlive it.
  explicit BearerAuthenticator(SessionCheck& check) : check_(check) {}

  Task<Result<Actor>> authenticate(std::string_view bearer_token, Deadline deadline) override {
    return check_.authenticate(bearer_token, deadline);
  }
  Task<void> note_denial(const Actor& actor, std::string_view operation) override {
    return check_.note_denial(actor, operation);
  }

 private:
  SessionCheck& check_;
};

}  // namespace frontdesk::accounts

#pragma once

#include "accounts/account.hpp"
#include "accounts/shared.hpp"
#include "core/digest.hpp"

#include <chrono>
#include <string>

namespace frontdesk::accounts {

/// A new refresh token: 256 bits from the system CSPRNG, and what is stored of it (R13).
struct RefreshToken {
  std::string text;
  Sha256Digest digest;

  static RefreshToken generate();
};

/// The pair that a session is used with from now on. The access token does not outlive the family,
/// which has `family_left` to go.
TokenPair issue_tokens(const Shared& shared, UserId user, SessionId session,
                       const RefreshToken& refresh, std::chrono::seconds family_left);

}  // namespace frontdesk::accounts

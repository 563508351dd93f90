#pragma once

#include "accounts/account.hpp"
#include "accounts/opaque_token.hpp"
#include "accounts/shared.hpp"

#include <chrono>
#include <string>

namespace frontdesk::accounts {

/// The pair that a session is used with from now on. The access token does not outlive the family,
/// which has `family_left` to go.
TokenPair issue_tokens(const Shared& shared, UserId user, SessionId session,
                       const OpaqueToken& refresh, std::chrono::seconds family_left);

}  // namespace frontdesk::accounts

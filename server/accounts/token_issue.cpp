#include "accounts/token_issue.hpp"

#include <algorithm>

namespace frontdesk::accounts {

TokenPair issue_tokens(const Shared& shared, UserId user, SessionId session,
                       const OpaqueToken& refresh, std::chrono::seconds family_left) {
  const auto lifetime = std::clamp(family_left, std::chrono::seconds{1}, shared.options.access_ttl);
  const Instant now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return {.access_token = shared.tokens.sign({.user = user,
                                              .session = session,
                                              .token = Uuid::generate(),
                                              .issued_at = now,
                                              .expires_at = now + lifetime}),
          .access_lifetime = lifetime,
          .refresh_token = refresh.text,
          .refresh_lifetime = family_left};
}

}  // namespace frontdesk::accounts

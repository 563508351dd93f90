#pragma once

#include "accounts/options.hpp"
#include "core/instant.hpp"

#include <chrono>
#include <optional>
#include <vector>

namespace frontdesk::accounts {

/// Failed logins of one account, as seen from one network (R08).
struct Lockout {
  std::vector<Instant> failed_at;  ///< within the window, oldest first
  int locks = 0;                   ///< in a row, so far
  std::optional<Instant> locked_until;
  int consecutive_failures = 0;  ///< of the account, over all networks
};

/// Judges an attempt before its password is looked at. Empty: it may go on, and `lockout` counts it
/// as failed, so that attempts made at the same moment cannot outrun the limit; success clears the
/// whole state. Otherwise: how long to wait, and `lockout` is as it was.
std::optional<std::chrono::seconds> begin_attempt(Lockout& lockout, const LockoutRules& rules,
                                                  Instant now);

}  // namespace frontdesk::accounts

#include "accounts/lockout.hpp"

#include <algorithm>

namespace frontdesk::accounts {
namespace {

// How long the lock after `locks` others lasts: the window, doubled each time.
std::chrono::seconds lock_duration(int locks, const LockoutRules& rules) {
  auto duration = rules.window;
  for (int i = 0; i < locks && duration < rules.longest; ++i) duration *= 2;
  return std::min(duration, rules.longest);
}

}  // namespace

std::optional<std::chrono::seconds> begin_attempt(Lockout& lockout, const LockoutRules& rules,
                                                  Instant now) {
  if (lockout.locked_until && *lockout.locked_until > now) {
    return std::chrono::ceil<std::chrono::seconds>(*lockout.locked_until - now);
  }
  // Time does not open this lock; the longest wait is all that Retry-After can say.
  if (lockout.consecutive_failures >= rules.account_failures) return rules.longest;

  // A quiet spell as long as the longest lock forgives the locks before it.
  if (lockout.locked_until && *lockout.locked_until + rules.longest <= now) lockout.locks = 0;
  lockout.locked_until.reset();
  std::erase_if(lockout.failed_at, [&](Instant at) { return at <= now - rules.window; });
  lockout.failed_at.push_back(now);
  ++lockout.consecutive_failures;
  if (lockout.failed_at.size() >= static_cast<std::size_t>(rules.failures)) {
    lockout.locked_until = now + lock_duration(lockout.locks, rules);
    ++lockout.locks;
    lockout.failed_at.clear();
  }
  return std::nullopt;
}

}  // namespace frontdesk::accounts

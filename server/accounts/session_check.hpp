#pragma once

#include "accounts/shared.hpp"
#include "core/actor.hpp"
#include "core/deadline.hpp"
#include "core/error.hpp"
#include "core/task.hpp"
#include "db/pool.hpp"

#include <string_view>

namespace frontdesk::accounts {

/// Tells who holds an access token (R10, R12): the token says which user and session, PostgreSQL or
/// the session cache says whether that session is alive and what the user may do now.
class SessionCheck {
 public:
  /// Both must outlive it. `pool` is the primary's.
  SessionCheck(db::Pool& pool, Shared& shared) : pool_(pool), shared_(shared) {}

  /// The user, session and permissions behind `token`; address and request id are the caller's to
  /// fill in. Refuses with 401 `unauthenticated`. Throws what db::Pool and db::Connection throw:
  /// where nobody can be asked, nobody is let in.
  Task<Result<Actor>> authenticate(std::string_view token, Deadline deadline);

  /// Writes to the audit log that the actor lacked the permission for `operation` (R73).
  Task<void> note_denial(const Actor& actor, std::string_view operation);

 private:
  Task<SessionCache::Answer> look_up(SessionId session, Deadline deadline);

  db::Pool& pool_;
  Shared& shared_;
};

}  // namespace frontdesk::accounts

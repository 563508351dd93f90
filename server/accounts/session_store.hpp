#pragma once

#include "accounts/account.hpp"
#include "accounts/session_cache.hpp"
#include "core/digest.hpp"
#include "core/page.hpp"
#include "db/connection.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// Sessions and refresh tokens: with the other stores the only place that names SQL.
namespace frontdesk::accounts::store {

struct NewSession {
  SessionId id;
  UserId user;
  std::optional<std::string> device_name;
  std::string address;
  std::chrono::seconds lifetime;
};
Task<void> insert_session(db::Connection& connection, const NewSession& session);

/// Where an account logged in before, the newest first; at most 200.
struct EarlierLogin {
  std::optional<std::string> device_name;
  std::string address;
};
Task<std::vector<EarlierLogin>> earlier_logins(db::Connection& connection, UserId user);

/// Ends the oldest sessions of an account beyond `keep`; which.
Task<std::vector<SessionId>> end_oldest_sessions(db::Connection& connection, UserId user,
                                                 std::int64_t keep);

Task<void> insert_refresh_token(db::Connection& connection, const Sha256Digest& token,
                                SessionId session);

/// The family of a token that was good and is now spent (R13).
struct UsedToken {
  SessionId session;
  UserId user;
  std::chrono::seconds left;  ///< until the family ends
};
Task<std::optional<UsedToken>> use_refresh_token(db::Connection& connection,
                                                 const Sha256Digest& token);
Task<void> touch_session(db::Connection& connection, SessionId session, const std::string& address);

/// A token that was no good, as it is on record; nothing where it never was issued.
struct KnownToken {
  SessionId session;
  bool used = false;
  UserId user;
};
Task<std::optional<KnownToken>> find_refresh_token(db::Connection& connection,
                                                   const Sha256Digest& token);

/// The sessions of an account that live, the newest login first; which is current it does not know.
Task<Page<Session>> sessions(db::Connection& connection, UserId user, PageRequest<SessionKey> page);

/// Whether the session lived till now.
Task<bool> end_session(db::Connection& connection, SessionId session, UserId user);
/// The session of this token, if it is this user's and lived till now.
Task<std::optional<SessionId>> end_session_of(db::Connection& connection, const Sha256Digest& token,
                                              UserId user);
/// These two forget the user's devices whose login is gone, too; the database forgets those of the
/// sessions that they end.
Task<std::vector<SessionId>> end_all_sessions(db::Connection& connection, UserId user);
Task<std::vector<SessionId>> end_other_sessions(db::Connection& connection, UserId user,
                                                SessionId but);

/// Asks the primary (R12): nothing where the session has ended or its account is disabled.
Task<std::optional<LiveSession>> live_session(db::Connection& connection, SessionId session);

/// Deletes at most `limit` rows of each kind that no rule needs any more; how many.
Task<std::int64_t> clean(db::Connection& connection, std::int64_t limit, int account_failures);

}  // namespace frontdesk::accounts::store

#pragma once

#include "core/uuid.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Data to try and to measure Frontdesk with. Never loads in production.
namespace frontdesk::demo {

/// The password of every demo login: admin@demo.test, staff@demo.test, customer@demo.test, …
inline constexpr std::string_view password = "frontdesk-demo";

enum class Size {
  business,  ///< a believable salon: 4 categories, 14 services, 5 staff, weeks of appointments
  bench,     ///< 400 staff, 10,000 users with a session each, 100,000 appointments
};

enum class Outcome { loaded, not_empty };

/// Whether the database at `url` has neither users nor services. Blocks; throws as load.
bool is_empty(const std::string& url);

/// Whether somebody can log in with the demo logins. Blocks; throws as load.
bool has_logins(const std::string& url);

/// A session that an access token can be made for.
struct Session {
  UserId user;
  SessionId session;
};

/// The live sessions of the bench population, at most `limit`. Blocks; throws as load.
std::vector<Session> sessions(const std::string& url, int limit);

/// Fills the database at `url` (the server's role will do) in one transaction, all or nothing,
/// under a lock so that two servers that start at once fill it once. A database that already has
/// users or services is left alone. `password_hash` is stored for every login. Blocks. Throws
/// db::SetupError and db::SqlError.
Outcome load(const std::string& url, Size size, const std::string& password_hash);

}  // namespace frontdesk::demo

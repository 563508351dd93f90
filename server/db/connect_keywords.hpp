#pragma once

#include "core/task.hpp"
#include "db/session_options.hpp"

#include <string>
#include <utility>
#include <vector>

namespace frontdesk::db {

/// libpq's connection parameters, in order.
using ConnectKeywords = std::vector<std::pair<std::string, std::string>>;

/// What a libpq URL or conninfo string says. Throws SetupError for one that cannot be read; the
/// message holds nothing of it, for it may hold a password.
ConnectKeywords parse_connect_url(const std::string& url);

/// The URL's keywords and the session's settings, the latter as start-up options, so that they cost
/// no round trip. Settings that the URL gives in `options` come first and lose.
ConnectKeywords connect_keywords(const SessionOptions& options);

/// Adds `hostaddr` for host names, resolved off the I/O thread (libpq would block in getaddrinfo).
/// A name with several addresses becomes several hosts. Throws ConnectionLost where a name is
/// unknown. Sockets and addresses need nothing.
Task<void> resolve_hosts(ConnectKeywords& keywords);

}  // namespace frontdesk::db

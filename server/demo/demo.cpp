#include "demo/demo.hpp"

#include "db/blocking_connection.hpp"
#include "demo/scripts.hpp"

namespace frontdesk::demo {
namespace {

// Any fixed number that nothing else locks.
constexpr const char* lock = "SELECT pg_advisory_xact_lock(7310)";
constexpr const char* emptiness =
    "SELECT NOT EXISTS (SELECT FROM users) AND NOT EXISTS (SELECT FROM services)";
constexpr const char* live_sessions =
    "SELECT user_id, id FROM sessions WHERE revoked_at IS NULL AND expires_at > now() "
    "ORDER BY id LIMIT $1::int";

bool holds_nothing(db::BlockingConnection& connection) {
  return connection.value(emptiness) == "t";
}

}  // namespace

bool is_empty(const std::string& url) {
  db::BlockingConnection connection(url);
  return holds_nothing(connection);
}

bool has_logins(const std::string& url) {
  db::BlockingConnection connection(url);
  return connection.value("SELECT EXISTS (SELECT FROM users WHERE email = 'admin@demo.test')") ==
         "t";
}

std::vector<Session> sessions(const std::string& url, int limit) {
  db::BlockingConnection connection(url);
  std::vector<Session> found;
  for (const auto& row : connection.query(live_sessions, {std::to_string(limit)})) {
    const auto user = UserId::parse(row[0].value_or(""));
    const auto session = SessionId::parse(row[1].value_or(""));
    if (user && session) found.push_back({*user, *session});
  }
  return found;
}

Outcome load(const std::string& url, Size size, const std::string& password_hash) {
  db::BlockingConnection connection(url);
  connection.run("SET statement_timeout = 0; BEGIN");
  connection.run(lock);
  if (!holds_nothing(connection)) return Outcome::not_empty;
  connection.query("SELECT set_config('demo.password_hash', $1, true)", {password_hash});
  connection.run(std::string((size == Size::bench ? scripts::bench : scripts::business).text));
  connection.run("COMMIT");
  connection.run("ANALYZE");
  return Outcome::loaded;
}

}  // namespace frontdesk::demo

#include "core/zone.hpp"
#include "db/blocking_connection.hpp"
#include "db/migrator.hpp"
#include "db/role_rights.hpp"
#include "db/setup_error.hpp"
#include "db/sql_error.hpp"
#include "doctor/doctor.hpp"
#include "doctor/store.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace frontdesk::doctor {
namespace {

constexpr int oldest_postgresql = 15;
constexpr double clock_warning_s = 2;
constexpr double clock_problem_s = 30;

void check_server(db::BlockingConnection& connection, Findings& findings) {
  const auto server = store::load_server(connection);
  if (server.major_version < oldest_postgresql) {
    findings.push_back({"database", Grade::problem,
                        fmt::format("PostgreSQL {} is too old", server.version),
                        "Upgrade it to 15 or later."});
  } else if (server.in_recovery) {
    findings.push_back({"database", Grade::problem, "it is a standby: nothing can be written",
                        "Name the primary in FRONTDESK_DATABASE_URL."});
  } else {
    findings.push_back(
        {"database", Grade::ok, fmt::format("PostgreSQL {} answers", server.version), ""});
  }
  std::vector<std::string> off;
  if (server.fsync == "off") off.emplace_back("fsync");
  if (server.full_page_writes == "off") off.emplace_back("full_page_writes");
  if (server.synchronous_commit == "off") off.emplace_back("synchronous_commit");
  if (off.empty()) {
    findings.push_back(
        {"durability", Grade::ok, "fsync, full pages and synchronous commit are on", ""});
  } else {
    findings.push_back({"durability", Grade::problem,
                        fmt::format("off: {}; a power cut loses bookings", fmt::join(off, ", ")),
                        "Turn them on in PostgreSQL's settings."});
  }
}

// The server's role reads schema_migrations; nothing is applied here.
Finding check_migrations(db::BlockingConnection& connection) {
  const auto known = db::embedded_migrations();
  const auto applied = store::has_migrations(connection) ? store::list_migrations(connection)
                                                         : std::vector<store::AppliedMigration>{};
  for (std::size_t i = 0; i < std::min(known.size(), applied.size()); ++i) {
    if (applied[i].version == known[i].version && applied[i].checksum == known[i].checksum)
      continue;
    return {
        "migrations", Grade::problem,
        fmt::format("{} in the database is not the program's {}", applied[i].name, known[i].name),
        "Start the Frontdesk that this database belongs to, or restore a backup."};
  }
  if (applied.size() > known.size()) {
    return {"migrations", Grade::warning,
            fmt::format("the database is at {}, newer than this program", applied.back().name),
            "Update the program."};
  }
  if (applied.size() < known.size()) {
    return {"migrations", Grade::problem,
            fmt::format("{} pending, the first is {}", known.size() - applied.size(),
                        known[applied.size()].name),
            "Run: frontdesk migrate"};
  }
  return {"migrations", Grade::ok, fmt::format("current, at {}", known.back().name), ""};
}

Finding check_rights(db::BlockingConnection& connection) {
  const auto wrong = db::wrong_rights(connection, connection.user());
  if (wrong.empty()) {
    return {"rights", Grade::ok, "the server's role can work and cannot change the audit log", ""};
  }
  return {"rights", Grade::problem,
          fmt::format("{}{}", wrong[0],
                      wrong.size() > 1 ? fmt::format(", and {} more", wrong.size() - 1) : ""),
          "Give the server a role that does not own the tables, then run: frontdesk migrate"};
}

Finding check_clock(db::BlockingConnection& connection) {
  const auto now = [] {
    return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch())
        .count();
  };
  const double before = now();
  const double theirs = store::clock_seconds(connection);
  const double after = now();
  // Only what the journey there and back cannot explain.
  const double apart = std::max({0.0, before - theirs, theirs - after});
  const auto message = fmt::format("the database's clock is {:.1f} s off this machine's", apart);
  const auto advice = "Synchronise both machines (apt-get install systemd-timesyncd).";
  if (apart > clock_problem_s) return {"clock", Grade::problem, message, advice};
  if (apart > clock_warning_s) return {"clock", Grade::warning, message, advice};
  return {"clock", Grade::ok, "the database's clock agrees with this machine's", ""};
}

Finding check_time_zone(db::BlockingConnection& connection) {
  const auto name = store::time_zone(connection);
  const auto advice = "Install tzdata, or choose another zone in the settings.";
  if (!Zone::find(name)) {
    return {"time zone", Grade::problem, fmt::format("there are no data for {}", name), advice};
  }
  if (!store::knows_time_zone(connection, name)) {
    return {"time zone", Grade::problem, fmt::format("PostgreSQL does not know {}", name), advice};
  }
  return {"time zone", Grade::ok, fmt::format("{} is known to both", name), ""};
}

Finding check_leftover_databases(db::BlockingConnection& connection) {
  const auto names = store::list_leftover_databases(connection);
  if (names.empty()) return {"restores", Grade::ok, "none was cut short", ""};
  return {"restores", Grade::warning,
          fmt::format("a restore was cut short: {} takes up room", fmt::join(names, ", ")),
          "Drop it with psql as `frontdesk database-url` shows; nothing needs it."};
}

Finding guarded(const char* check, db::BlockingConnection& connection,
                Finding (*look)(db::BlockingConnection&)) try {
  return look(connection);
} catch (const std::exception& error) {
  return {check, Grade::problem, error.what(), "Mend what the lines above name, then look again."};
}

}  // namespace

Findings check_database(const std::string& url) try {
  db::BlockingConnection connection(url);
  Findings findings;
  check_server(connection, findings);
  findings.push_back(guarded("migrations", connection, check_migrations));
  findings.push_back(guarded("rights", connection, check_rights));
  findings.push_back(guarded("clock", connection, check_clock));
  findings.push_back(guarded("time zone", connection, check_time_zone));
  findings.push_back(guarded("restores", connection, check_leftover_databases));
  return findings;
} catch (const std::exception& error) {
  return {{"database", Grade::problem, error.what(),
           "Start it, or see docs/runbooks/trouble.md; its log says why it does not answer."}};
}

}  // namespace frontdesk::doctor

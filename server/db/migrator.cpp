#include "db/migrator.hpp"

#include "db/blocking_connection.hpp"
#include "db/connect_keywords.hpp"
#include "db/setup_error.hpp"
#include "db/sql_error.hpp"

#include <charconv>
#include <chrono>
#include <memory>
#include <thread>

#include <fmt/format.h>
#include <libpq-fe.h>

namespace frontdesk::db {
namespace {

constexpr std::string_view lock_key = "7382991043511170";  // any number, the same for ever
constexpr std::chrono::minutes lock_limit{10};
constexpr std::chrono::milliseconds lock_poll{100};

// One that waits in the queue for a table holds up everybody behind it.
constexpr const char* session_settings =
    "SET lock_timeout = '30s'; SET statement_timeout = 0; SET client_min_messages = warning";

constexpr const char* create_table =
    "CREATE TABLE IF NOT EXISTS schema_migrations ("
    "  version    integer PRIMARY KEY,"
    "  name       text NOT NULL,"
    "  checksum   text NOT NULL,"
    "  applied_at timestamptz NOT NULL DEFAULT clock_timestamp())";

struct Applied {
  int version;
  std::string name;
  std::string checksum;
};

// Tries again and again rather than wait inside PostgreSQL, where a waiting statement would hold
// back what other instances do.
void lock(BlockingConnection& connection, const Progress& progress) {
  const auto until = std::chrono::steady_clock::now() + lock_limit;
  const std::string statement = fmt::format("SELECT pg_try_advisory_lock({})", lock_key);
  for (bool told = false; connection.value(statement) != "t";) {
    if (!told) progress("another instance migrates the database: waiting for it");
    told = true;
    if (std::chrono::steady_clock::now() >= until) {
      throw SetupError(
          "Another instance has been migrating the database for 10 minutes. See what it does in "
          "pg_stat_activity.");
    }
    std::this_thread::sleep_for(lock_poll);
  }
}

std::vector<Applied> applied_migrations(BlockingConnection& connection) {
  std::vector<Applied> applied;
  for (auto& row :
       connection.query("SELECT version, name, checksum FROM schema_migrations ORDER BY version")) {
    const std::string version = row[0].value();
    int number = 0;
    std::from_chars(version.data(), version.data() + version.size(), number);
    applied.push_back({number, row[1].value(), row[2].value()});
  }
  return applied;
}

void check_history(std::span<const Migration> known, const std::vector<Applied>& applied) {
  if (!applied.empty() && applied.back().version > static_cast<int>(known.size())) {
    throw SetupError(
        fmt::format("The database has been migrated by a newer Frontdesk (to {}; this one knows {} "
                    "migrations). Start that one.",
                    applied.back().name, known.size()));
  }
  for (std::size_t i = 0; i < applied.size(); ++i) {
    if (applied[i].version != known[i].version) {
      throw SetupError(
          fmt::format("The database has migration {} but lacks {}: schema_migrations was changed "
                      "by hand. Restore it from a backup.",
                      applied[i].name, known[i].name));
    }
    if (applied[i].checksum != known[i].checksum) {
      throw SetupError(
          fmt::format("Migration {} was changed after it had been applied to this database. Put it "
                      "back as it was and write a new one for the change.",
                      known[i].name));
    }
  }
}

void apply(BlockingConnection& connection, const Migration& migration) {
  try {
    connection.run("BEGIN");
    connection.run(std::string(migration.text));
    connection.query("INSERT INTO schema_migrations (version, name, checksum) VALUES ($1, $2, $3)",
                     {std::to_string(migration.version), std::string(migration.name),
                      std::string(migration.checksum)});
    connection.run("COMMIT");
  } catch (const SqlError& error) {
    throw SetupError(
        fmt::format("Migration {} failed and nothing of it was applied: {} (SQLSTATE {}).",
                    migration.name, error.message(), error.sqlstate()));
  }
}

// The URL's user, or the one that libpq takes in its absence.
std::string role_of(const std::string& url) {
  for (const auto& [name, value] : parse_connect_url(url)) {
    if (name == "user") return value;
  }
  struct Free {
    void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
  };
  const std::unique_ptr<PQconninfoOption, Free> defaults(PQconndefaults());
  for (const auto* option = defaults.get(); option && option->keyword != nullptr; ++option) {
    if (std::string_view(option->keyword) == "user" && option->val != nullptr) return option->val;
  }
  return {};
}

void grant(BlockingConnection& connection, const std::string& role, const Progress& progress) {
  if (role == connection.user()) {
    progress(
        fmt::format("the server's role {} owns the database, so that the audit log is not "
                    "protected from it: give it a role of its own (R73)",
                    role));
    return;
  }
  const std::string name = connection.quoted_name(role);
  const auto exists = [&](const char* table) {
    return connection.value("SELECT to_regclass($1) IS NOT NULL", {table}) == "t";
  };
  std::string sql = fmt::format(
      "GRANT USAGE ON SCHEMA public TO {0};"
      "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {0};"
      "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {0};"
      "REVOKE ALL ON schema_migrations FROM {0};"
      "GRANT SELECT ON schema_migrations TO {0};",
      name);
  if (exists("public.audit_logs")) {
    sql += fmt::format(
        "REVOKE ALL ON audit_logs FROM {0}; GRANT SELECT, INSERT ON audit_logs TO {0};", name);
  }
  try {
    connection.run("BEGIN");
    connection.run(sql);
    connection.run("COMMIT");
  } catch (const SqlError& error) {
    throw SetupError(
        fmt::format("The server's role {} cannot be given its rights: {}. Make it first: CREATE "
                    "ROLE {} LOGIN PASSWORD '…'.",
                    role, error.message(), name));
  }
}

}  // namespace

MigrationReport migrate(const std::string& owner_url, const std::string& app_url,
                        std::span<const Migration> migrations, const Progress& progress) try {
  BlockingConnection connection(owner_url);
  connection.run(session_settings);
  lock(connection, progress);  // ends with the connection
  connection.run(create_table);
  const auto applied = applied_migrations(connection);
  check_history(migrations, applied);
  MigrationReport report{.version = static_cast<int>(migrations.size()), .applied = {}};
  for (const Migration& migration : migrations.subspan(applied.size())) {
    progress(fmt::format("migrating: {}", migration.name));
    apply(connection, migration);
    report.applied.emplace_back(migration.name);
  }
  grant(connection, role_of(app_url), progress);
  return report;
} catch (const SqlError& error) {
  throw SetupError(fmt::format("The database refuses to be migrated: {} (SQLSTATE {}).",
                               error.message(), error.sqlstate()));
}

Task<bool> migrations_current(Connection& connection) {
  static constexpr Statement list_migrations{
      "list_migrations", "SELECT checksum FROM schema_migrations ORDER BY version"};
  const auto known = embedded_migrations();
  const Rows rows = co_await connection.execute(list_migrations);
  if (rows.size() < known.size()) co_return false;
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (rows[i].get<std::string_view>(0) != known[i].checksum) co_return false;
  }
  co_return true;
}

}  // namespace frontdesk::db

#pragma once

#include "core/task.hpp"
#include "db/cluster_folder.hpp"
#include "db/connection.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::db {

/// One file of migrations/. Forward only; each runs in a transaction of its own.
struct Migration {
  int version;                ///< 1, 2, 3, … without a gap
  std::string_view name;      ///< `0001_access`
  std::string_view checksum;  ///< SHA-256 of the file, hexadecimal
  std::string_view text;
};

/// Those that the binary carries, in order.
std::span<const Migration> embedded_migrations();

struct MigrationReport {
  int version;                       ///< the database's, now
  std::vector<std::string> applied;  ///< names, in order; empty where there was nothing to do
};

/// Brings the database up to the last of `migrations` and gives the role of `app_url` what the
/// server needs: rows of every table, but only SELECT and INSERT on audit_logs (R73). Blocks. Any
/// number of instances may do this at once; one works, the others wait for it (10 minutes at most).
///
/// Throws SetupError, the database untouched by the migration at fault: one that was changed after
/// it had been applied, a gap, a database newer than the binary, a migration that fails, a role
/// that does not exist.
MigrationReport migrate(
    const std::string& owner_url, const std::string& app_url,
    std::span<const Migration> migrations = embedded_migrations(),
    const Progress& progress = [](std::string_view) {});

/// For readiness: the database has every migration that the binary carries, unchanged. A newer
/// database will do: migrations expand before they contract, so that old servers can run on.
Task<bool> migrations_current(Connection& connection);

}  // namespace frontdesk::db

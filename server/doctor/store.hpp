#pragma once

#include "db/blocking_connection.hpp"

#include <string>
#include <vector>

/// What is asked of the database. Each throws db::SqlError.
namespace frontdesk::doctor::store {

struct AppliedMigration {
  int version;
  std::string name;
  std::string checksum;
};

struct Server {
  std::string version;  ///< `15.8 (Debian …)`
  int major_version;
  bool in_recovery;
  std::string fsync, full_page_writes, synchronous_commit;  ///< `on`, `off`, …
};

Server load_server(db::BlockingConnection& connection);
bool has_migrations(db::BlockingConnection& connection);
std::vector<AppliedMigration> list_migrations(db::BlockingConnection& connection);
double clock_seconds(db::BlockingConnection& connection);  ///< since 1970, UTC
std::string time_zone(db::BlockingConnection& connection);
/// Whether PostgreSQL, too, knows the zone.
bool knows_time_zone(db::BlockingConnection& connection, const std::string& zone);
/// Databases beside the cluster's own that a restore makes.
std::vector<std::string> list_leftover_databases(db::BlockingConnection& connection);

}  // namespace frontdesk::doctor::store

#pragma once

#include "db/blocking_connection.hpp"

#include <optional>
#include <string>
#include <vector>

/// What a backup and a restore ask of the database. Each throws db::SqlError.
namespace frontdesk::backup::store {

struct Schema {
  int migration;
  std::string migration_name;
};

/// Opens a transaction that sees one state until the connection ends; its name for pg_dump.
std::string begin_snapshot(db::BlockingConnection& connection);
/// nullopt in a database that is none of Frontdesk's.
std::optional<Schema> find_schema(db::BlockingConnection& connection);
int server_version(db::BlockingConnection& connection);
/// Constraints and indexes that do not hold yet, by name.
std::vector<std::string> list_unproven(db::BlockingConnection& connection);
/// Ends every session and makes every link and code of a reset or a change of address void.
void end_sessions(db::BlockingConnection& connection);
void analyze(db::BlockingConnection& connection);

}  // namespace frontdesk::backup::store

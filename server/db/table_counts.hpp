#pragma once

#include "db/blocking_connection.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace frontdesk::db {

/// Rows of every table in the schema public, by table name. Throws SqlError.
std::map<std::string, std::int64_t> count_rows(BlockingConnection& connection);

}  // namespace frontdesk::db

#pragma once

#include "db/blocking_connection.hpp"

#include <string>
#include <vector>

namespace frontdesk::db {

/// What is wrong with the rights of the server's role, a sentence each: a right that `migrate`
/// gives and that it lacks, or one that lets it change the audit log (R73). Empty where all is
/// right. Any role may ask. Throws SqlError.
std::vector<std::string> wrong_rights(BlockingConnection& connection, const std::string& role);

}  // namespace frontdesk::db

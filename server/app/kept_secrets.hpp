#pragma once

#include "app/config.hpp"

#include <filesystem>

namespace frontdesk::app {

/// Whether FRONTDESK_DATABASE_URL names a database that is not the private one.
bool names_other_database(const Variables& variables);

/// FRONTDESK_DATA_DIR, before the rest of the configuration has been read.
std::filesystem::path data_dir_of(const Variables& variables);

/// Adds the secrets that `restore` keeps in DATA_DIR/secrets.env, where the environment sets none
/// of its own. With FRONTDESK_DATABASE_URL they are another database's, and none is added. Throws
/// std::runtime_error with a sentence where the file is there and cannot be read.
void add_kept_secrets(Variables& variables);

}  // namespace frontdesk::app

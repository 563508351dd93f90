#pragma once

#include "app/config.hpp"

#include <filesystem>

namespace frontdesk::app {

/// Backs up the private cluster's database into a new file (docs/runbooks/backup-and-restore.md),
/// with the server running or not. Returns an exit status; throws std::exception with a sentence.
int back_up(const Variables& variables, const std::filesystem::path& file, bool replaces);

/// Restores such a file into the private cluster, all or nothing; no server may use the data
/// folder.
int restore(Variables variables, const std::filesystem::path& file, bool replaces);

}  // namespace frontdesk::app

#pragma once

#include "app/config.hpp"
#include "backup/waiting_secrets.hpp"

#include <optional>

namespace frontdesk::app {

/// Finishes or clears what a restore that was cut short left in FRONTDESK_DATA_DIR, before the
/// configuration is read from there. Starts the private cluster for it and stops it again. Throws
/// db::SetupError where another process has the cluster, and what backup::settle_secrets throws.
/// nullopt where there is nothing to do, which costs one look at the folder; with
/// FRONTDESK_DATABASE_URL there never is.
std::optional<backup::Settled> settle_restore(const Variables& variables);

}  // namespace frontdesk::app

#pragma once

#include "app/config.hpp"
#include "app/database.hpp"
#include "demo/demo.hpp"

#include <string>

namespace frontdesk::app {

/// Loads the demo data into an empty database, the demo password hashed as any other. Blocks; in
/// development only. Throws std::runtime_error.
demo::Outcome load_demo_data(const Config& config, const Database& database, demo::Size size);

/// Writes an access token for each session of the bench population to `path`, one a line, readable
/// by its owner alone. Throws std::runtime_error.
void write_session_tokens(const Config& config, const Database& database, const std::string& path);

}  // namespace frontdesk::app

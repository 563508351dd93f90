#pragma once

#include "app/config.hpp"
#include "demo/demo.hpp"

#include <optional>
#include <string>

/// What the sub-commands do once the command line and the configuration have been read. Each
/// returns an exit status and throws std::exception with a sentence for the operator.
namespace frontdesk::app {

/// Runs until SIGTERM or SIGINT, then finishes what is in flight (R44).
int serve(Config config);

/// Delivers messages until SIGTERM or SIGINT, then ends those that are being sent. Any number may
/// run beside servers and each other.
int work(Config config);

/// Brings the database to this version.
int migrate(const Config& config);

/// Makes a login with the admin role. The password is the first line of standard input.
int create_admin(const Config& config, const std::string& email, const std::string& name);

/// Loads the demo data into an empty database, in development only. With `token_file` the bench
/// population's sessions get an access token each, one a line.
int load_demo(const Config& config, demo::Size size, const std::optional<std::string>& token_file);

/// The route table as JSON: what tests hold against api/openapi.yaml (R15).
int print_routes();

/// How psql reaches the database, as the owner of the tables: a libpq connection string.
int print_database_url(const Config& config);

}  // namespace frontdesk::app

#include "app/database.hpp"

#include "db/blocking_connection.hpp"
#include "db/setup_error.hpp"

#include <fstream>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace frontdesk::app {
namespace {

// Migrations, psql, a backup, the pgbench of script/bench and PostgreSQL's own reserve, beside the
// pools. An unused slot costs a few kilobytes of shared memory.
constexpr unsigned spare_connections = 32;

std::string socket_url(const std::string& folder, std::string_view role) {
  return fmt::format("host={} user={} dbname=frontdesk", folder, role);
}

// Where the private cluster listens, if a server keeps it running: the fifth line of
// postmaster.pid (PostgreSQL 15, miscadmin.h LOCK_FILE_LINE_SOCKET_DIR).
std::optional<std::string> running_socket_folder(const Config& config) {
  std::ifstream file(config.data_dir / "postgres" / "data" / "postmaster.pid");
  std::string line;
  for (int number = 0; number < 5; ++number) {
    if (!std::getline(file, line)) return std::nullopt;
  }
  try {
    const db::BlockingConnection answers(socket_url(line, "frontdesk_owner"));
    return line;
  } catch (const db::SetupError&) {
    return std::nullopt;  // what a server that was killed left behind
  }
}

}  // namespace

Database::Database(std::string url, std::string owner_url,
                   std::unique_ptr<db::PrivateCluster> cluster)
    : cluster_(std::move(cluster)), url_(std::move(url)), owner_url_(std::move(owner_url)) {}

Database Database::own(const Config& config, const db::Progress& progress) {
  if (!config.private_cluster()) {
    const auto& owner = config.database_owner_url;
    return {config.database_url, owner.empty() ? config.database_url : owner};
  }
  auto cluster = std::make_unique<db::PrivateCluster>(db::PrivateClusterOptions{
      .data_dir = config.data_dir,
      .max_connections = static_cast<int>(config.database_pool + spare_connections),
      .progress = progress});
  auto url = cluster->app_url();
  auto owner_url = cluster->owner_url();
  return {std::move(url), std::move(owner_url), std::move(cluster)};
}

Database Database::own_or_running(const Config& config, const db::Progress& progress) {
  if (config.private_cluster()) {
    if (const auto folder = running_socket_folder(config)) {
      return {socket_url(*folder, "frontdesk_app"), socket_url(*folder, "frontdesk_owner")};
    }
  }
  return own(config, progress);
}

std::optional<std::string> Database::url_of_running(const Config& config) {
  const auto folder = running_socket_folder(config);
  return folder ? std::optional(socket_url(*folder, "frontdesk_app")) : std::nullopt;
}

}  // namespace frontdesk::app

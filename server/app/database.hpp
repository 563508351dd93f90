#pragma once

#include "app/config.hpp"
#include "db/private_cluster.hpp"

#include <memory>
#include <optional>
#include <string>

namespace frontdesk::app {

/// The database that the configuration names: a PostgreSQL somewhere, or the private cluster, which
/// lives as long as this object.
class Database {
 public:
  /// For `serve`: the private cluster must be this process's own; a folder that another server uses
  /// is refused. Throws db::SetupError.
  static Database own(const Config& config, const db::Progress& progress);

  /// For the other commands: a private cluster that a running server keeps is used as it is.
  static Database own_or_running(const Config& config, const db::Progress& progress);

  /// How the server's role reaches the private cluster that a server keeps running; nullopt where
  /// it does not answer.
  static std::optional<std::string> url_of_running(const Config& config);

  /// For the server: its role cannot change the audit log (R73).
  [[nodiscard]] const std::string& url() const { return url_; }
  /// For migrations.
  [[nodiscard]] const std::string& owner_url() const { return owner_url_; }

 private:
  Database(std::string url, std::string owner_url,
           std::unique_ptr<db::PrivateCluster> cluster = {});

  std::unique_ptr<db::PrivateCluster> cluster_;
  std::string url_;
  std::string owner_url_;
};

}  // namespace frontdesk::app

#pragma once

#include "db/cluster_folder.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace frontdesk::db {

class Postmaster;

struct PrivateClusterOptions {
  std::filesystem::path data_dir;  ///< FRONTDESK_DATA_DIR; the cluster lives in its folder postgres
  int max_connections = 40;  ///< the pools', a few for migrations, and PostgreSQL's own reserve
  /// false: nothing is flushed to disk. For tests only; a power cut loses the database.
  bool is_durable = true;
  std::vector<std::pair<std::string, std::string>> settings = {};  ///< further ones of PostgreSQL
  /// How long to wait for a server or a PostgreSQL that still holds the folder.
  std::chrono::milliseconds patience{5'000};
  std::chrono::milliseconds start_timeout{120'000};  ///< recovery after a crash may take a while
  Progress progress = [](std::string_view) {};
};

/// A PostgreSQL that belongs to this server alone: made on first use, reached through a Unix socket
/// in a folder that only its user may enter, restarted when it dies, stopped with the server
/// however that ends (docs/adr/0003-private-cluster.md). As root it runs as `postgres` or `nobody`.
///
/// It has a database `frontdesk` and two roles: frontdesk_owner owns it and migrates,
/// frontdesk_app is the server's (R73).
class PrivateCluster {
 public:
  /// Blocks until it takes connections. Throws SetupError: a sentence for the operator.
  explicit PrivateCluster(PrivateClusterOptions options);
  PrivateCluster(const PrivateCluster&) = delete;
  PrivateCluster& operator=(const PrivateCluster&) = delete;
  /// Stops it.
  ~PrivateCluster();

  /// FRONTDESK_DATABASE_URL for the server.
  [[nodiscard]] std::string app_url() const;
  /// FRONTDESK_DATABASE_OWNER_URL for migrations.
  [[nodiscard]] std::string owner_url() const;
  /// For tests and repairs.
  [[nodiscard]] std::string superuser_url() const;
  /// As a role of the cluster to one of its databases.
  [[nodiscard]] std::string url(std::string_view user, std::string_view database) const;

  /// The postmaster's process id; 0 while it is being restarted.
  [[nodiscard]] pid_t pid() const;
  [[nodiscard]] std::filesystem::path socket_folder() const { return socket_folder_; }

  /// Fast shutdown; returns when PostgreSQL has ended. The pools should be closed before.
  void stop();

 private:
  [[nodiscard]] std::vector<std::string> command_line(const PrivateClusterOptions& options,
                                                      const ClusterBinaries& binaries) const;
  void await_ready(std::chrono::milliseconds limit);
  void make_roles();

  ClusterFolder folder_;
  std::filesystem::path socket_folder_;
  std::unique_ptr<Postmaster> postmaster_;
};

}  // namespace frontdesk::db

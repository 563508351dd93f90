#pragma once

#include "support/database.hpp"

#include <memory>

namespace frontdesk::testing {

/// What the functions of database.hpp share. main() owns the only one.
class Environment {
 public:
  Environment();
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  ~Environment();

  db::PrivateCluster& cluster();
  db::BlockingConnection& owner();
  /// Sees no foreign keys and fires no triggers.
  db::BlockingConnection& superuser();
  const std::string& reset_statements();
  asio::io_context& io();

 private:
  std::unique_ptr<TemporaryFolder> folder_;
  std::unique_ptr<db::PrivateCluster> cluster_;
  std::unique_ptr<asio::io_context> io_;
  std::unique_ptr<db::BlockingConnection> owner_;
  std::unique_ptr<db::BlockingConnection> superuser_;
  std::string reset_statements_;
};

}  // namespace frontdesk::testing

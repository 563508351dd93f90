#pragma once

#include <filesystem>
#include <optional>

namespace frontdesk::db {

/// Where PostgreSQL's programs are.
struct ClusterBinaries {
  std::filesystem::path folder;  ///< holds postgres and initdb
  int major_version;

  /// Debian's highest version (from 15 on) under /usr/lib/postgresql, else the one in PATH. Where a
  /// data folder exists already, `data_version` is its version and the only one that will do.
  /// Throws SetupError saying what to install.
  static ClusterBinaries find(std::optional<int> data_version);
};

}  // namespace frontdesk::db

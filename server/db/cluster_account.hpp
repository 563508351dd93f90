#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace frontdesk::db {

/// The system user that the private PostgreSQL runs as. PostgreSQL refuses to run as root.
struct ClusterAccount {
  std::string name;
  uid_t uid;
  gid_t gid;
  std::vector<gid_t> groups;
  bool must_switch;  ///< this process is root and becomes that user in the child
};

/// An ordinary user: itself. Root: the owner of `folder` where it exists and is not root's, else
/// `postgres`, else `nobody`. Throws SetupError where root finds neither, and where an ordinary
/// user finds the folder of somebody else.
ClusterAccount choose_account(const std::filesystem::path& folder);

/// The first folder on the absolute `path`, itself included, that `account` may not pass through.
std::optional<std::filesystem::path> first_barrier(const ClusterAccount& account,
                                                   const std::filesystem::path& path);

/// Gives `path` to `account`; nothing where this process is that user. Throws SetupError.
void hand_over(const std::filesystem::path& path, const ClusterAccount& account);

}  // namespace frontdesk::db

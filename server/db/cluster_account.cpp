#include "db/cluster_account.hpp"

#include "db/setup_error.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <fmt/std.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace frontdesk::db {
namespace {

namespace fs = std::filesystem;

ClusterAccount account_of(const passwd& entry) {
  ClusterAccount account{entry.pw_name, entry.pw_uid, entry.pw_gid, {}, true};
  int count = 64;
  account.groups.resize(static_cast<std::size_t>(count));
  if (::getgrouplist(entry.pw_name, entry.pw_gid, account.groups.data(), &count) < 0) count = 1;
  account.groups.resize(static_cast<std::size_t>(count));
  return account;
}

std::string name_of(uid_t uid) {
  const passwd* entry = ::getpwuid(uid);
  return entry != nullptr ? std::string(entry->pw_name) : fmt::format("#{}", uid);
}

std::optional<uid_t> owner_of(const fs::path& folder) {
  struct stat status;
  if (::stat(folder.c_str(), &status) != 0) return std::nullopt;
  return status.st_uid;
}

bool may_pass(const ClusterAccount& account, const struct stat& status) {
  if (status.st_uid == account.uid) return (status.st_mode & S_IXUSR) != 0;
  const bool in_group = status.st_gid == account.gid ||
                        std::ranges::find(account.groups, status.st_gid) != account.groups.end();
  return (status.st_mode & (in_group ? S_IXGRP : S_IXOTH)) != 0;
}

}  // namespace

ClusterAccount choose_account(const fs::path& folder) {
  const auto owner = owner_of(folder);
  if (::geteuid() != 0) {
    if (owner && *owner != ::geteuid()) {
      throw SetupError(
          fmt::format("{} belongs to {}. Start as root or as {}, or set FRONTDESK_DATA_DIR to "
                      "another folder.",
                      folder.string(), name_of(*owner), name_of(*owner)));
    }
    return {name_of(::geteuid()), ::geteuid(), ::getegid(), {}, false};
  }
  if (owner && *owner != 0) {
    if (const passwd* entry = ::getpwuid(*owner)) return account_of(*entry);
  }
  for (const char* name : {"postgres", "nobody"}) {
    if (const passwd* entry = ::getpwnam(name)) return account_of(*entry);
  }
  throw SetupError(
      "PostgreSQL does not run as root, and there is neither a user postgres nor nobody to run it "
      "as. Add one (adduser --system postgres), or start as an ordinary user.");
}

std::optional<fs::path> first_barrier(const ClusterAccount& account, const fs::path& path) {
  fs::path so_far;
  for (const auto& part : path) {
    so_far /= part;
    struct stat status;
    if (::stat(so_far.c_str(), &status) != 0) return so_far;
    if (S_ISDIR(status.st_mode) && !may_pass(account, status)) return so_far;
  }
  return std::nullopt;
}

void hand_over(const fs::path& path, const ClusterAccount& account) {
  if (!account.must_switch) return;
  if (::lchown(path.c_str(), account.uid, account.gid) != 0) {
    throw SetupError(fmt::format("{} cannot be given to {}: {}.", path.string(), account.name,
                                 std::strerror(errno)));
  }
}

}  // namespace frontdesk::db

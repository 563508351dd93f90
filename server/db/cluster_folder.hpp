#pragma once

#include "db/cluster_account.hpp"
#include "db/cluster_binaries.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::db {

/// Told what takes long, in one line.
using Progress = std::function<void(std::string_view line)>;

/// The folder of a private cluster, DATA_DIR/postgres:
///
///     frontdesk-cluster   says that the folder is ours: without it nothing here is ever removed
///     lock                held (flock) by the one server that uses the folder; its process id
///     data/               PostgreSQL's data folder; it appears whole, by a rename
///     data.new/           initdb at work, or cut short: made again
///     socket/             where connections go in, unless the path is too long for a socket
///     postgres.log        PostgreSQL's own log, and initdb's
class ClusterFolder {
 public:
  /// Takes possession of `data_dir`/postgres, made where it is absent. Waits up to `patience` for a
  /// server that still holds it and for the PostgreSQL of one that has died. Throws SetupError:
  /// somebody else uses it, it is not ours, or PostgreSQL's user cannot reach it.
  static ClusterFolder open(const std::filesystem::path& data_dir,
                            std::chrono::milliseconds patience, const Progress& progress);

  ClusterFolder(ClusterFolder&& other) noexcept;
  ClusterFolder(const ClusterFolder&) = delete;
  ClusterFolder& operator=(const ClusterFolder&) = delete;
  ~ClusterFolder();  ///< lets go of the lock

  [[nodiscard]] const ClusterAccount& account() const { return account_; }
  [[nodiscard]] std::filesystem::path root() const { return root_; }
  [[nodiscard]] std::filesystem::path data() const { return root_ / "data"; }
  [[nodiscard]] std::filesystem::path log() const { return root_ / "postgres.log"; }

  /// Version of the PostgreSQL that made data/; nullopt where there is none yet.
  [[nodiscard]] std::optional<int> data_version() const;

  /// Makes data/ where it is absent. `durable` false skips the flush to disk: for tests.
  void initialise(const ClusterBinaries& binaries, bool durable, const Progress& progress) const;

  /// A folder for the socket, 0700 and PostgreSQL's own, whose path fits into a socket's address.
  [[nodiscard]] std::filesystem::path make_socket_folder() const;

  /// The last lines of the log, for a message.
  [[nodiscard]] std::string log_tail() const;

 private:
  ClusterFolder(std::filesystem::path root, ClusterAccount account);
  void claim() const;
  void lock(std::chrono::milliseconds patience);

  std::filesystem::path root_;
  ClusterAccount account_;
  int lock_ = -1;
};

/// PostgreSQL's processes whose working directory is `data`: a postmaster, or the backends that one
/// left behind when it was killed.
std::vector<pid_t> postgres_processes_in(const std::filesystem::path& data);

/// Waits until there are none; false when `patience` ends first.
bool await_no_postgres_in(const std::filesystem::path& data, std::chrono::milliseconds patience,
                          const Progress& progress);

/// Removes data/postmaster.pid when the process it names is no PostgreSQL of this folder.
/// PostgreSQL itself only looks whether some process has that number, which in a container is soon
/// true.
void remove_stale_pid_file(const std::filesystem::path& data);

}  // namespace frontdesk::db

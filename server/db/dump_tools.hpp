#pragma once

#include "db/cluster_account.hpp"
#include "db/cluster_binaries.hpp"

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace frontdesk::db {

/// PostgreSQL's pg_dump and pg_restore, of the version and under the account of the private cluster
/// in a data folder. They speak through pipes, so that their user need not reach any file. Each
/// call blocks until the program has ended; the program ends with this process, however that ends.
///
/// Each throws SetupError with the program's own words where it fails, and Stopped where the caller
/// asked to stop.
class DumpTools {
 public:
  /// Takes a piece of a dump.
  using Sink = std::function<void(std::string_view bytes)>;
  /// Fills a buffer with the next piece of a dump; 0 at its end.
  using Source = std::function<std::size_t(std::span<char> buffer)>;
  /// Asked several times a second whether to give up.
  using ShouldStop = std::function<bool()>;

  /// `data_dir` is FRONTDESK_DATA_DIR, whose cluster exists.
  static DumpTools of(const std::filesystem::path& data_dir);

  /// A dump in pg_dump's custom format of the database that `url` names, as `snapshot` (a name from
  /// pg_export_snapshot) shows it.
  void dump(const std::string& url, const std::string& snapshot, const Sink& sink,
            const ShouldStop& should_stop) const;

  /// Whether pg_restore can read the dump's table of contents; throws where it cannot.
  void check(const Source& source, const ShouldStop& should_stop) const;

  /// Restores into the empty database that `url` names, everything owned by the URL's user and
  /// without the privileges of the dump. What an unfinished one leaves behind is for the caller.
  void restore(const std::string& url, const Source& source, const ShouldStop& should_stop) const;

 private:
  DumpTools(ClusterBinaries binaries, ClusterAccount account, std::filesystem::path folder);
  void run(std::string_view program, std::vector<std::string> arguments, const Source* source,
           const Sink* sink, const ShouldStop& should_stop) const;

  ClusterBinaries binaries_;
  ClusterAccount account_;
  std::filesystem::path folder_;
};

}  // namespace frontdesk::db

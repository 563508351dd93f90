#pragma once

#include "backup/backup_file.hpp"
#include "backup/manifest.hpp"
#include "backup/secrets.hpp"
#include "db/private_cluster.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

/// A backup is one file: a tar archive of pg_dump's dump, the images where they lie in the data
/// folder, the secrets without which it is of no use, and a manifest, each with its digest. Whoever
/// has the file has everything: docs/runbooks.
namespace frontdesk::backup {

/// Of the data folder: where images are kept that are not in S3.
inline constexpr const char* media_folder = "media";

/// Asked between steps, and several times a second inside of long ones.
using ShouldStop = std::function<bool()>;

struct BackupOrder {
  std::filesystem::path file;
  bool replaces = false;           ///< an existing file may be replaced
  std::filesystem::path data_dir;  ///< FRONTDESK_DATA_DIR
  std::string owner_url;           ///< of the private cluster, which runs
  Secrets secrets;
  std::string frontdesk_version;
  db::Progress progress;
  ShouldStop should_stop;
};

struct BackupReport {
  Manifest manifest;
  std::uint64_t size_bytes;
};

/// Backs up the database as one snapshot of it shows it; the server may go on writing. The file
/// appears when it is whole, has been read back and is on disk, or not at all. Throws
/// db::SetupError, db::SqlError, db::Stopped.
BackupReport back_up(const BackupOrder& order);

struct RestoreOrder {
  std::filesystem::path data_dir;
  bool replaces = false;  ///< a database that has tables may be replaced
  std::string frontdesk_version;
  db::Progress progress;
  ShouldStop should_stop;
  /// Given the restored database, as the server's role reaches it, just before it takes the old
  /// one's place. What it throws ends the restore.
  std::function<void(const std::string& app_url)> before_swap = [](const std::string&) {};
};

struct RestoreReport {
  std::vector<std::string> migrations;  ///< that the backup lacked and were applied
  std::int64_t rows;                    ///< restored, over all tables
  std::size_t images = 0;               ///< files of images that were restored
};

/// Restores a verified file into the data folder's private cluster, which is made where it is
/// absent and which no server may use meanwhile. All or nothing: the backup goes into a database of
/// its own, is brought to this program's version and looked at, and takes the old one's place at
/// the end, and its secrets become DATA_DIR/secrets.env. Sessions, password resets and changes of
/// address end: what was revoked after the backup does not come back to life.
///
/// Throws db::SetupError (a database that has tables, a newer or a foreign backup, one that does
/// not hold what its manifest says, a server that runs), db::SqlError, db::Stopped: nothing has
/// changed. Unsettled (waiting_secrets.hpp): the database is the backup's.
RestoreReport restore(const BackupFile& file, const RestoreOrder& order);

/// Where restored secrets are kept: DATA_DIR/secrets.env. What the environment sets comes first.
std::filesystem::path kept_secrets_path(const std::filesystem::path& data_dir);

}  // namespace frontdesk::backup

#pragma once

#include "db/private_cluster.hpp"

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

/// The secrets of a restore lie in DATA_DIR/secrets.env.restored-MARK from before its database
/// takes the old one's place until they become DATA_DIR/secrets.env. The mark is the database's too
/// (db::ScratchDatabase::mark), so that whoever finds the file knows whether it is needed.
namespace frontdesk::backup {

/// The restored database is in place and its secrets are not. `what` says where they are and that
/// the next start or `doctor` finishes it.
class Unsettled : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

enum class Settled {
  finished,  ///< the database in place is the file's: its secrets are in their place now
  cleared,   ///< it is another: the file has been removed
};

/// Where the secrets of the restore of `mark` wait.
std::filesystem::path waiting_secrets_path(const std::filesystem::path& data_dir,
                                           const std::string& mark);

/// Every such file. Empty where the folder is absent or cannot be read.
std::vector<std::filesystem::path> find_waiting_secrets(const std::filesystem::path& data_dir);

/// Puts the secrets of the cluster's database in their place and removes those of databases that
/// never took theirs. The caller has the cluster to itself: no restore is under way. Throws
/// Unsettled where they cannot be put there, db::SetupError and db::SqlError where the cluster does
/// not answer; the files then stay.
Settled settle_secrets(const db::PrivateCluster& cluster, const std::filesystem::path& data_dir);

}  // namespace frontdesk::backup

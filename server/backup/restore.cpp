#include "backup/backup.hpp"
#include "backup/draft_file.hpp"
#include "backup/media.hpp"
#include "backup/store.hpp"
#include "backup/waiting_secrets.hpp"
#include "db/dump_tools.hpp"
#include "db/interruptible.hpp"
#include "db/migrator.hpp"
#include "db/role_rights.hpp"
#include "db/scratch_database.hpp"
#include "db/setup_error.hpp"
#include "db/sql_error.hpp"
#include "db/stopped.hpp"
#include "db/table_counts.hpp"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace frontdesk::backup {
namespace {

namespace fs = std::filesystem;

constexpr const char* server_role = "frontdesk_app";

void check_age(const Manifest& manifest, const RestoreOrder& order) {
  const auto known = static_cast<int>(db::embedded_migrations().size());
  if (manifest.migration <= known) return;
  throw db::SetupError(fmt::format(
      "The backup was made by a newer Frontdesk ({}, at migration {}; this is {} and "
      "knows {}). Restore it with that one.",
      manifest.frontdesk_version, manifest.migration_name, order.frontdesk_version, known));
}

void check_place(const db::PrivateCluster& cluster, const RestoreOrder& order) {
  if (order.replaces || db::is_unused(cluster)) return;
  throw db::SetupError(
      fmt::format("{} holds a database already. Back it up, then replace it with --force; or set "
                  "FRONTDESK_DATA_DIR to an empty folder.",
                  order.data_dir.string()));
}

// What the dump held, before any migration touches it.
void check_contents(db::BlockingConnection& connection, const Manifest& manifest) {
  const auto schema = store::find_schema(connection);
  if (!schema || schema->migration != manifest.migration) {
    throw db::SetupError(
        "The backup's dump is not of a Frontdesk database of its manifest's version.");
  }
  const auto rows = db::count_rows(connection);
  if (rows == manifest.rows) return;
  for (const auto& [table, count] : manifest.rows) {
    const auto found = rows.find(table);
    if (found != rows.end() && found->second == count) continue;
    throw db::SetupError(
        fmt::format("The restored table {} has {} rows, the manifest says {}.", table,
                    found == rows.end() ? "no" : std::to_string(found->second), count));
  }
  throw db::SetupError("The restored database has tables that the manifest does not name.");
}

void check_soundness(db::BlockingConnection& connection) {
  if (const auto unproven = store::list_unproven(connection); !unproven.empty()) {
    throw db::SetupError(fmt::format("{} does not hold in the restored database.", unproven[0]));
  }
  if (const auto wrong = db::wrong_rights(connection, server_role); !wrong.empty()) {
    throw db::SetupError(fmt::format("In the restored database {}.", wrong[0]));
  }
}

// The server's user is the folder's owner, who must be able to read what root restored.
void keep_for_owner_of(const fs::path& folder, const fs::path& file) {
  struct stat status;
  if (::geteuid() != 0 || ::stat(folder.c_str(), &status) != 0) return;
  if (::lchown(file.c_str(), status.st_uid, status.st_gid) != 0) {
    throw db::SetupError(fmt::format("{} cannot be given to its folder's owner: {}.", file.string(),
                                     std::strerror(errno)));
  }
}

// Before the database takes its place, and beside whatever images there are: their names are random
// and never come twice, so nothing is lost where the restore ends in between.
std::size_t restore_images(const BackupFile& file, const RestoreOrder& order) {
  const auto media = file.media();
  if (!media) return 0;
  order.progress("restoring the images");
  const auto folder = order.data_dir / media_folder;
  const auto count = restore_media(*media, folder, [&order] {
    if (order.should_stop()) throw db::Stopped();
  });
  if (!fs::exists(folder)) return count;
  keep_for_owner_of(order.data_dir, folder);
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    keep_for_owner_of(order.data_dir, entry.path());
  }
  return count;
}

// The restored database is in place: that the old one stays is no failure any more.
void drop_replaced(db::ScratchDatabase& scratch, const RestoreOrder& order) {
  try {
    scratch.drop_replaced();
  } catch (const std::exception& error) {
    order.progress(fmt::format("it stays until the next restore: {}", error.what()));
  }
}

// The secrets lie ready before the database takes its place, so that nothing can part the two for
// good: settle_secrets finishes what a power cut or a full disk leaves.
void put_in_place(db::ScratchDatabase& scratch, const db::PrivateCluster& cluster,
                  const BackupFile& file, const RestoreOrder& order) {
  const auto waiting = waiting_secrets_path(order.data_dir, scratch.mark());
  try {
    write_private_file(waiting, format_secrets(file.secrets()));
    keep_for_owner_of(order.data_dir, waiting);
    scratch.put_in_place();
  } catch (const std::exception&) {
    // A connection that breaks during COMMIT leaves it open which database is in place.
    if (settle_secrets(cluster, order.data_dir) == Settled::cleared) throw;
    return;
  }
  settle_secrets(cluster, order.data_dir);
}

}  // namespace

fs::path kept_secrets_path(const fs::path& data_dir) {
  return data_dir / "secrets.env";
}

RestoreReport restore(const BackupFile& file, const RestoreOrder& order) try {
  const auto keep_going = [&order] {
    if (order.should_stop()) throw db::Stopped();
  };
  const auto& manifest = file.manifest();
  check_age(manifest, order);
  const db::PrivateCluster cluster({.data_dir = order.data_dir,
                                    .patience = std::chrono::seconds{2},
                                    .progress = order.progress});
  check_place(cluster, order);
  const auto tools = db::DumpTools::of(order.data_dir);
  tools.check(file.dump(), order.should_stop);
  RestoreReport report{.migrations = {}, .rows = 0};
  db::ScratchDatabase scratch(cluster);
  order.progress("restoring the database beside the present one");
  tools.restore(scratch.owner_url(), file.dump(), order.should_stop);
  {
    db::BlockingConnection connection(scratch.owner_url());
    const db::Interruptible interruptible(connection, order.should_stop);
    check_contents(connection, manifest);
  }
  report.migrations =
      db::migrate(scratch.owner_url(), scratch.app_url(), db::embedded_migrations(), order.progress)
          .applied;
  {
    order.progress("looking at what was restored");
    db::BlockingConnection connection(scratch.owner_url());
    const db::Interruptible interruptible(connection, order.should_stop);
    store::end_sessions(connection);
    check_soundness(connection);
    store::analyze(connection);
  }
  for (const auto& [table, count] : manifest.rows) report.rows += count;
  report.images = restore_images(file, order);
  order.before_swap(scratch.app_url());
  keep_going();
  put_in_place(scratch, cluster, file, order);
  order.progress("dropping the database that was replaced");
  drop_replaced(scratch, order);
  return report;
} catch (const db::SqlError&) {
  if (order.should_stop()) throw db::Stopped();
  throw;
}

}  // namespace frontdesk::backup

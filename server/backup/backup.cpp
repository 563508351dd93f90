#include "backup/backup.hpp"

#include "backup/archive_writer.hpp"
#include "backup/draft_file.hpp"
#include "backup/media.hpp"
#include "backup/store.hpp"
#include "core/instant.hpp"
#include "db/dump_tools.hpp"
#include "db/interruptible.hpp"
#include "db/setup_error.hpp"
#include "db/sql_error.hpp"
#include "db/stopped.hpp"
#include "db/table_counts.hpp"

#include <chrono>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace frontdesk::backup {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t told_every_bytes = 64UL << 20U;

Manifest look_at(db::BlockingConnection& connection, const std::string& frontdesk_version) {
  const auto schema = store::find_schema(connection);
  if (!schema) throw db::SetupError("The database holds nothing of Frontdesk's to back up.");
  return {.frontdesk_version = frontdesk_version,
          .created_at = format_instant(
              std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())),
          .postgresql_version = store::server_version(connection),
          .migration = schema->migration,
          .migration_name = schema->migration_name,
          .rows = db::count_rows(connection)};
}

void keep_going(const BackupOrder& order) {
  if (order.should_stop()) throw db::Stopped();
}

// Its size is known at its end, and the archive has it in front: a file without a name holds it.
void write_dump(ArchiveWriter& archive, const BackupOrder& order, const std::string& snapshot) {
  DraftFile dump(order.file);
  std::uint64_t written = 0;
  std::uint64_t told = 0;
  db::DumpTools::of(order.data_dir)
      .dump(
          order.owner_url, snapshot,
          [&](std::string_view bytes) {
            dump.write(bytes);
            written += bytes.size();
            if (written - told < told_every_bytes) return;
            told = written;
            order.progress(fmt::format("{} MB written", told >> 20U));
          },
          order.should_stop);
  archive.add_file(dump_member, dump.descriptor(), [&] { keep_going(order); });
}

// After the dump: what its snapshot names had all its files before.
void add_media(ArchiveWriter& archive, const BackupOrder& order) {
  const auto folder = order.data_dir / media_folder;
  if (!fs::exists(folder)) return;
  order.progress("adding the images");
  DraftFile media(order.file);
  write_media(folder, media.descriptor(), [&] { keep_going(order); });
  archive.add_file(media_member, media.descriptor(), [&] { keep_going(order); });
}

// As a restore will: every digest, and pg_restore's own look at the dump.
void read_back(int file, const BackupOrder& order) {
  const BackupFile written(::dup(file), [&] { keep_going(order); });
  db::DumpTools::of(order.data_dir).check(written.dump(), order.should_stop);
}

void check_target(const BackupOrder& order) {
  std::error_code error;
  const auto status = fs::symlink_status(order.file, error);
  if (!fs::exists(status)) return;
  if (!order.replaces) {
    throw db::SetupError(fmt::format("{} exists. Choose another name, or replace it with --force.",
                                     order.file.string()));
  }
  if (!fs::is_regular_file(status)) {
    throw db::SetupError(fmt::format("{} is not a regular file.", order.file.string()));
  }
}

}  // namespace

BackupReport back_up(const BackupOrder& order) try {
  check_target(order);
  DraftFile draft(order.file);
  db::BlockingConnection connection(order.owner_url);
  const db::Interruptible interruptible(connection, order.should_stop);
  const auto snapshot = store::begin_snapshot(connection);
  order.progress("counting rows");
  const auto manifest = look_at(connection, order.frontdesk_version);
  order.progress("dumping the database");
  ArchiveWriter archive(draft.descriptor());
  write_dump(archive, order, snapshot);
  add_media(archive, order);
  archive.add_member(secrets_member, format_secrets(order.secrets));
  archive.add_member(manifest_member, format_manifest(manifest));
  archive.finish();
  order.progress("reading it back");
  read_back(draft.descriptor(), order);
  draft.publish(order.replaces);
  return {manifest, archive.size_bytes()};
} catch (const db::SqlError&) {
  if (order.should_stop()) throw db::Stopped();
  throw;
}

}  // namespace frontdesk::backup

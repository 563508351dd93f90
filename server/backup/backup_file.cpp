#include "backup/backup_file.hpp"

#include "db/setup_error.hpp"

#include <cerrno>
#include <cstring>
#include <memory>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace frontdesk::backup {
namespace {

ArchiveReader verified(int file, const std::function<void()>& keep_going) {
  ArchiveReader archive(file);
  archive.verify(keep_going);
  return archive;
}

}  // namespace

BackupFile::BackupFile(int file, const std::function<void()>& keep_going)
    : file_(new int(file)), archive_(verified(file, keep_going)) {
  auto manifest = parse_manifest(archive_.text_of(manifest_member));
  if (!manifest) {
    throw db::SetupError(
        "The file is no backup that this version of Frontdesk can read. A newer version wrote it, "
        "or another program.");
  }
  auto secrets = parse_secrets(archive_.text_of(secrets_member));
  if (!secrets) throw db::SetupError("The backup's secrets cannot be read.");
  manifest_ = std::move(*manifest);
  secrets_ = std::move(*secrets);
  (void)archive_.open(dump_member);
}

BackupFile BackupFile::open(const std::filesystem::path& path,
                            const std::function<void()>& keep_going) {
  // Not held up by a pipe that nobody writes to.
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) {
    throw db::SetupError(
        fmt::format("{} cannot be opened: {}.", path.string(), std::strerror(errno)));
  }
  return {file, keep_going};
}

void BackupFile::Close::operator()(const int* file) const {
  ::close(*file);
  delete file;
}

db::DumpTools::Source BackupFile::dump() const {
  return archive_.open(dump_member);
}

std::optional<ArchiveReader::Source> BackupFile::media() const {
  if (!archive_.has(media_member)) return std::nullopt;
  return archive_.open(media_member);
}

}  // namespace frontdesk::backup

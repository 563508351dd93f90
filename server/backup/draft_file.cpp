#include "backup/draft_file.hpp"

#include "core/random.hpp"
#include "db/setup_error.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace frontdesk::backup {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& path, int error) {
  throw db::SetupError(
      fmt::format("{} cannot be written: {}.", path.string(), std::strerror(error)));
}

void flush_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

DraftFile::DraftFile(fs::path path) : path_(fs::absolute(path)), folder_(path_.parent_path()) {
  file_ = ::open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file_ < 0) {
    part_ = name_of_part();
    file_ = ::open(part_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file_ < 0) {
      part_.clear();
      fail(path_, errno);
    }
  }
  ::fchmod(file_, 0600);
}

DraftFile::~DraftFile() {
  if (file_ >= 0) ::close(file_);
  if (!part_.empty()) ::unlink(part_.c_str());
}

fs::path DraftFile::name_of_part() const {
  std::array<std::uint8_t, 4> random{};
  fill_random(random);
  return folder_ / fmt::format(".{}.part-{:02x}{:02x}{:02x}{:02x}", path_.filename().string(),
                               random[0], random[1], random[2], random[3]);
}

void DraftFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto count = ::write(file_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) fail(path_, count < 0 ? errno : EIO);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void DraftFile::publish(bool replaces) {
  if (::fsync(file_) != 0) fail(path_, errno);
  if (part_.empty() && !replaces) {
    give_name(path_);
  } else {
    if (part_.empty()) {
      const auto part = name_of_part();
      give_name(part);
      part_ = part;
    }
    // link(2) refuses a name that is taken; rename(2) replaces it.
    const bool is_there = replaces ? ::rename(part_.c_str(), path_.c_str()) == 0
                                   : ::link(part_.c_str(), path_.c_str()) == 0;
    if (!is_there) fail(path_, errno);
    ::unlink(part_.c_str());
    part_.clear();
  }
  flush_folder(folder_);
}

void DraftFile::give_name(const fs::path& name) const {
  // open(2), O_TMPFILE: how a file without a name gets one without a privilege.
  const auto handle = fmt::format("/proc/self/fd/{}", file_);
  if (::linkat(AT_FDCWD, handle.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) != 0) {
    fail(path_, errno);
  }
}

void write_private_file(const fs::path& path, const std::string& text) {
  DraftFile draft(path);
  draft.write(text);
  draft.publish(true);
}

}  // namespace frontdesk::backup

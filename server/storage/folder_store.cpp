#include "storage/folder_store.hpp"

#include "core/ensure.hpp"
#include "core/error.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace frontdesk::storage {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(std::string_view what, const fs::path& path) {
  throw Fault(fmt::format("{} {}: {}", what, path.string(), std::strerror(errno)), unavailable());
}

class File {
 public:
  File(const fs::path& path, int flags, mode_t mode = 0)
      : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

void sync_folder(const fs::path& folder) {
  const File opened(folder, O_RDONLY | O_DIRECTORY);
  if (!opened.is_open() || ::fsync(opened.descriptor()) != 0) fail("cannot sync", folder);
}

/// Makes the folder and those above it; a new one lasts once the one that holds it is synced.
void make_folder(const fs::path& folder) {
  if (::mkdir(folder.c_str(), 0700) == 0) return sync_folder(folder.parent_path());
  if (errno == EEXIST) return;
  if (errno != ENOENT || !folder.has_relative_path()) fail("cannot make", folder);
  make_folder(folder.parent_path());
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) fail("cannot make", folder);
  sync_folder(folder.parent_path());
}

void write_synced(const fs::path& path, std::string_view bytes) {
  const File file(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0600);
  if (!file.is_open()) fail("cannot write", path);
  while (!bytes.empty()) {
    const ssize_t put = ::write(file.descriptor(), bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) fail("cannot write", path);
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  if (::fsync(file.descriptor()) != 0) fail("cannot sync", path);
}

// Of one name there is one writer, whose key is random: no two meet at it.
fs::path unfinished(const fs::path& path) {
  return path.string() + ".part";
}

void remove_file(const fs::path& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT && errno != ENOTDIR)
    fail("cannot remove", path);
}

}  // namespace

void FolderStore::put(const std::string& name, std::string_view bytes, std::string_view) {
  ENSURE(is_object_name(name));
  const auto path = fs::absolute(folder_ / name);
  make_folder(path.parent_path());
  write_synced(unfinished(path), bytes);
  if (::rename(unfinished(path).c_str(), path.c_str()) != 0) fail("cannot name", path);
  sync_folder(path.parent_path());
}

std::optional<std::string> FolderStore::get(const std::string& name) {
  ENSURE(is_object_name(name));
  const auto path = folder_ / name;
  const File file(path, O_RDONLY | O_NOFOLLOW);
  if (!file.is_open()) {
    if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
    fail("cannot read", path);
  }
  struct stat facts;
  if (::fstat(file.descriptor(), &facts) != 0) fail("cannot read", path);
  if (!S_ISREG(facts.st_mode) || static_cast<std::size_t>(facts.st_size) > max_object_bytes) {
    return std::nullopt;
  }
  std::string bytes(static_cast<std::size_t>(facts.st_size), '\0');
  for (std::size_t used = 0; used < bytes.size();) {
    const ssize_t got = ::read(file.descriptor(), bytes.data() + used, bytes.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) fail("cannot read", path);
    used += static_cast<std::size_t>(got);
  }
  return bytes;
}

void FolderStore::remove(const std::string& name) {
  ENSURE(is_object_name(name));
  const auto path = folder_ / name;
  remove_file(path);
  remove_file(unfinished(path));
  ::rmdir(path.parent_path().c_str());  // stays where there is more in it
}

}  // namespace frontdesk::storage

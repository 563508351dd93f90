#include "backup/media.hpp"

#include "backup/archive_sums.hpp"
#include "backup/archive_writer.hpp"
#include "db/setup_error.hpp"
#include "storage/folder_store.hpp"

#include <array>
#include <cerrno>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace frontdesk::backup {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(std::string_view what) {
  throw db::SetupError(fmt::format("The backup's images cannot be read: {}.", what));
}

class ReadFile {
 public:
  explicit ReadFile(const fs::path& path)
      : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)) {}
  ReadFile(const ReadFile&) = delete;
  ReadFile& operator=(const ReadFile&) = delete;
  ~ReadFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  [[nodiscard]] int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

/// libarchive over a member of the backup.
class Walk {
 public:
  explicit Walk(const ArchiveReader::Source& source)
      : source_(source), archive_(archive_read_new()) {
    if (!archive_) throw std::bad_alloc();
    require(archive_read_support_format_tar(archive_.get()));
    require(archive_read_open2(archive_.get(), this, nullptr, &Walk::give, nullptr, nullptr));
  }
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;

  /// The name of the next file; nullopt after the last.
  std::optional<std::string> next() {
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(archive_.get(), &entry);
    if (status == ARCHIVE_EOF) return std::nullopt;
    require(status);
    if (archive_entry_filetype(entry) != AE_IFREG) refuse("they are not all files");
    size_bytes_ = static_cast<std::uint64_t>(archive_entry_size(entry));
    if (size_bytes_ > max_sums_bytes) refuse("one is too large");
    return archive_entry_pathname(entry);
  }

  std::string bytes() {
    std::string bytes(size_bytes_, '\0');
    const auto count = archive_read_data(archive_.get(), bytes.data(), bytes.size());
    if (count != std::ssize(bytes)) refuse("one is cut short");
    return bytes;
  }

 private:
  // SHA256SUMS of a great many files is longer than any of them.
  static constexpr std::uint64_t max_sums_bytes = 256UL << 20U;

  struct Free {
    void operator()(::archive* archive) const { archive_read_free(archive); }
  };

  static la_ssize_t give(::archive* archive, void* walk, const void** bytes) {
    auto& self = *static_cast<Walk*>(walk);
    try {
      *bytes = self.buffer_.data();
      return static_cast<la_ssize_t>(self.source_(self.buffer_));
    } catch (const std::exception&) {
      self.problem_ = std::current_exception();
      archive_set_error(archive, EIO, "read");
      return -1;
    }
  }

  void require(int status) const {
    if (status == ARCHIVE_OK) return;
    if (problem_) std::rethrow_exception(problem_);
    const char* words = archive_error_string(archive_.get());
    refuse(words == nullptr ? "they are damaged" : words);
  }

  const ArchiveReader::Source& source_;
  std::array<char, std::size_t{64} * 1024> buffer_{};
  std::exception_ptr problem_;
  std::uint64_t size_bytes_ = 0;
  std::unique_ptr<::archive, Free> archive_;
};

/// What is in a folder; nothing where somebody has removed it.
std::vector<fs::directory_entry> entries_of(const fs::path& folder) {
  std::vector<fs::directory_entry> entries;
  std::error_code failure;
  fs::directory_iterator at(folder, failure);
  for (; !failure && at != fs::directory_iterator(); at.increment(failure)) entries.push_back(*at);
  if (failure && failure != std::errc::no_such_file_or_directory) {
    throw db::SetupError(fmt::format("{} cannot be read: {}.", folder.string(), failure.message()));
  }
  return entries;
}

void add_image(ArchiveWriter& archive, const fs::path& folder, const fs::path& path,
               const std::function<void()>& keep_going) {
  const auto name = path.lexically_relative(folder).string();
  // What is being written has another name yet.
  if (!storage::is_object_name(name) || name.ends_with(".part")) return;
  const ReadFile file(path);
  if (file.descriptor() < 0) {
    if (errno == ENOENT) return;
    throw db::SetupError(fmt::format("{} cannot be read: {}.", path.string(),
                                     std::generic_category().message(errno)));
  }
  archive.add_file(name, file.descriptor(), keep_going);
}

}  // namespace

void write_media(const fs::path& folder, int target, const std::function<void()>& keep_going) {
  ArchiveWriter archive(target);
  std::vector<fs::path> folders{folder};
  while (!folders.empty()) {
    const auto next = std::move(folders.back());
    folders.pop_back();
    for (const auto& entry : entries_of(next)) {
      if (entry.is_symlink()) continue;
      if (entry.is_directory()) {
        folders.push_back(entry.path());
      } else {
        add_image(archive, folder, entry.path(), keep_going);
      }
    }
  }
  archive.finish();
}

std::size_t restore_media(const ArchiveReader::Source& source, const fs::path& folder,
                          const std::function<void()>& keep_going) {
  storage::FolderStore store(folder);
  Walk walk(source);
  std::size_t count = 0;
  while (const auto name = walk.next()) {
    keep_going();
    const auto bytes = walk.bytes();
    if (*name == sums_name) continue;
    if (!storage::is_object_name(*name) || bytes.size() > storage::max_object_bytes) {
      refuse("one has a name or a size that images do not have");
    }
    store.put(*name, bytes, {});
    ++count;
  }
  return count;
}

}  // namespace frontdesk::backup

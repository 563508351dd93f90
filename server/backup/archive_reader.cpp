#include "backup/archive_reader.hpp"

#include "backup/archive_sums.hpp"
#include "core/running_digest.hpp"
#include "db/setup_error.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <new>
#include <set>
#include <vector>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace frontdesk::backup {
namespace {

constexpr std::size_t members_at_most = 16;
constexpr std::uint64_t text_at_most_bytes = 1UL << 20U;
constexpr std::size_t piece_bytes = 64UL * 1024;
// POSIX.1-2001: members fill whole blocks, and two blocks of zeros are the end.
constexpr std::uint64_t block_bytes = 512;
constexpr std::uint64_t end_bytes = 2 * block_bytes;

[[noreturn]] void refuse(std::string_view what) {
  throw db::SetupError(fmt::format("The file is not a whole backup of Frontdesk: {}.", what));
}

[[noreturn]] void fail(int error) {
  throw db::SetupError(fmt::format("The backup cannot be read: {}.", std::strerror(error)));
}

std::uint64_t size_of_regular(int file) {
  struct stat status;
  if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) refuse("it is not a regular file");
  return static_cast<std::uint64_t>(status.st_size);
}

ssize_t read_at(int file, std::span<char> buffer, std::uint64_t position) {
  for (;;) {
    const auto count = ::pread(file, buffer.data(), buffer.size(), static_cast<off_t>(position));
    if (count >= 0 || errno != EINTR) return count;
  }
}

bool is_plain(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.';
  });
}

/// One walk through the members, from the first on.
class Walk {
 public:
  Walk(int file, std::uint64_t file_bytes)
      : file_(file), file_bytes_(file_bytes), archive_(archive_read_new()), buffer_(piece_bytes) {
    if (!archive_) throw std::bad_alloc();
    // This format alone, and no filter, so that nothing is ever unpacked.
    require(archive_read_support_format_tar(archive_.get()));
    require(archive_read_open2(archive_.get(), this, nullptr, &Walk::give, &Walk::skip, nullptr));
  }
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;

  /// Goes on to the next member; false after the last.
  bool next() {
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(archive_.get(), &entry);
    if (status == ARCHIVE_EOF) return false;
    require(status);
    if (++members_ > members_at_most) refuse("it has too many members");
    const char* name = archive_entry_pathname(entry);
    if (name == nullptr || !is_plain(name)) refuse("a member's name is no backup's");
    name_ = name;
    // A link has the type of what it leads to; a sparse file would be longer than what is read.
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr ||
        archive_entry_sparse_count(entry) != 0) {
      refuse("a member is not a plain file");
    }
    size_bytes_ = static_cast<std::uint64_t>(archive_entry_size(entry));
    if (size_bytes_ > file_bytes_) refuse("it is cut short");
    return true;
  }

  [[nodiscard]] const std::string& name() const { return name_; }

  /// Of the file, right after next(): where the member's contents begin.
  [[nodiscard]] std::uint64_t position() const {
    return static_cast<std::uint64_t>(archive_filter_bytes(archive_.get(), -1));
  }

  /// The next piece of the member; 0 at its end.
  std::size_t read(std::span<char> buffer) {
    const auto count = archive_read_data(archive_.get(), buffer.data(), buffer.size());
    if (count < 0) require(static_cast<int>(count));
    return static_cast<std::size_t>(count);
  }

  std::string text() {
    if (size_bytes_ > text_at_most_bytes) refuse(fmt::format("its {} is too long", name_));
    std::string text(size_bytes_, '\0');
    if (read(text) != text.size()) refuse("it is cut short");
    return text;
  }

 private:
  struct Free {
    void operator()(::archive* archive) const { archive_read_free(archive); }
  };

  static la_ssize_t give(::archive* archive, void* walk, const void** bytes) {
    auto& self = *static_cast<Walk*>(walk);
    const auto count = read_at(self.file_, self.buffer_, self.read_at_);
    if (count < 0) {
      self.error_ = errno;
      archive_set_error(archive, errno, "read");
      return -1;
    }
    *bytes = self.buffer_.data();
    self.read_at_ += static_cast<std::uint64_t>(count);
    return count;
  }

  static la_int64_t skip(::archive*, void* walk, la_int64_t request) {
    auto& self = *static_cast<Walk*>(walk);
    const auto left = self.file_bytes_ - std::min(self.read_at_, self.file_bytes_);
    const auto count = std::min(static_cast<std::uint64_t>(request), left);
    self.read_at_ += count;
    return static_cast<la_int64_t>(count);
  }

  void require(int status) const {
    if (status == ARCHIVE_OK) return;
    if (error_ != 0) fail(error_);
    const char* words = archive_error_string(archive_.get());
    refuse(words == nullptr ? "it is damaged" : words);
  }

  int file_;
  std::uint64_t file_bytes_;
  std::uint64_t read_at_ = 0;
  int error_ = 0;
  std::unique_ptr<::archive, Free> archive_;
  std::vector<char> buffer_;
  std::size_t members_ = 0;
  std::string name_;
  std::uint64_t size_bytes_ = 0;
};

std::string digest_of_first(std::uint64_t size_bytes, int file,
                            const std::function<void()>& keep_going) {
  RunningSha256 digest;
  std::vector<char> buffer(piece_bytes);
  for (std::uint64_t done = 0; done < size_bytes;) {
    keep_going();
    const auto wanted = std::min<std::uint64_t>(buffer.size(), size_bytes - done);
    const auto count = read_at(file, {buffer.data(), wanted}, done);
    if (count < 0) fail(errno);
    if (count == 0) refuse("it is cut short");
    digest.add({buffer.data(), static_cast<std::size_t>(count)});
    done += static_cast<std::uint64_t>(count);
  }
  return digest.finish_as_hex();
}

// What libarchive leaves to whoever reads: how much comes after the last member, and that it is
// zeros.
void check_end(int file, std::uint64_t end, std::uint64_t file_bytes) {
  const auto whole_blocks = (end + block_bytes - 1) / block_bytes * block_bytes;
  std::vector<char> zeros(whole_blocks + end_bytes - end);
  if (file_bytes != end + zeros.size() || read_at(file, zeros, end) != std::ssize(zeros) ||
      std::ranges::any_of(zeros, [](char byte) { return byte != '\0'; })) {
    refuse("it does not end where it should");
  }
}

}  // namespace

ArchiveReader::ArchiveReader(int file) : file_(file), file_bytes_(size_of_regular(file)) {}

void ArchiveReader::verify(const std::function<void()>& keep_going) const {
  Walk walk(file_, file_bytes_);
  std::set<std::string> names;
  std::string sums;
  std::vector<char> buffer(piece_bytes);
  for (;;) {
    if (!walk.next()) refuse("it is cut short");
    if (walk.name() == sums_name) break;
    if (!names.insert(walk.name()).second) refuse(fmt::format("it has two {}", walk.name()));
    RunningSha256 digest;
    while (const auto count = walk.read(buffer)) {
      keep_going();
      digest.add({buffer.data(), count});
    }
    sums += line_of_member(digest.finish_as_hex(), walk.name());
  }
  // Headers are in no member: all is read a second time, by then from the page cache.
  const auto sums_at = walk.position();
  sums += line_of_all(digest_of_first(sums_at, file_, keep_going));
  if (walk.text() != sums) refuse("its contents are not what its SHA256SUMS says");
  check_end(file_, sums_at + sums.size(), file_bytes_);
}

bool ArchiveReader::has(std::string_view name) const {
  Walk walk(file_, file_bytes_);
  while (walk.next()) {
    if (walk.name() == name) return true;
  }
  return false;
}

std::string ArchiveReader::text_of(std::string_view name) const {
  Walk walk(file_, file_bytes_);
  while (walk.next()) {
    if (walk.name() == name) return walk.text();
  }
  refuse(fmt::format("it has no {}", name));
}

ArchiveReader::Source ArchiveReader::open(std::string_view name) const {
  const auto walk = std::make_shared<Walk>(file_, file_bytes_);
  while (walk->next()) {
    if (walk->name() == name) {
      return [walk](std::span<char> buffer) { return walk->read(buffer); };
    }
  }
  refuse(fmt::format("it has no {}", name));
}

}  // namespace frontdesk::backup

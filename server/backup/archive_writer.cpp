#include "backup/archive_writer.hpp"

#include "backup/archive_sums.hpp"
#include "db/setup_error.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <vector>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace frontdesk::backup {
namespace {

constexpr std::size_t piece_bytes = 64UL * 1024;

[[noreturn]] void fail(int error) {
  throw db::SetupError(fmt::format("The backup cannot be written: {}.", std::strerror(error)));
}

struct FreeEntry {
  void operator()(archive_entry* entry) const { archive_entry_free(entry); }
};

}  // namespace

void ArchiveWriter::Free::operator()(::archive* archive) const {
  archive_write_free(archive);
}

ArchiveWriter::ArchiveWriter(int file) : file_(file), archive_(archive_write_new()) {
  if (!archive_) throw std::bad_alloc();
  require(archive_write_set_format_pax_restricted(archive_.get()) == ARCHIVE_OK);
  // Each byte comes at once, so that SHA256SUMS can hold the digest of what precedes it.
  require(archive_write_set_bytes_per_block(archive_.get(), 0) == ARCHIVE_OK);
  require(archive_write_open(archive_.get(), this, nullptr, &ArchiveWriter::take, nullptr) ==
          ARCHIVE_OK);
}

ArchiveWriter::~ArchiveWriter() {
  // An unfinished member is filled with zeros while it is freed: not on the disk.
  error_ = ECANCELED;
}

// libarchive forgets its memory where this fails, so it is told of no failure; require() tells.
std::ptrdiff_t ArchiveWriter::take(::archive*, void* writer, const void* bytes, std::size_t count) {
  auto& self = *static_cast<ArchiveWriter*>(writer);
  std::string_view left(static_cast<const char*>(bytes), count);
  while (self.error_ == 0 && !left.empty()) {
    const auto written = ::write(self.file_, left.data(), left.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      self.error_ = written < 0 ? errno : EIO;
      break;
    }
    const auto taken = static_cast<std::size_t>(written);
    if (self.all_) self.all_->add(left.substr(0, taken));
    self.size_bytes_ += taken;
    left.remove_prefix(taken);
  }
  return static_cast<std::ptrdiff_t>(count);
}

void ArchiveWriter::require(bool is_done) const {
  if (error_ != 0) fail(error_);
  if (!is_done) fail(archive_errno(archive_.get()));
}

void ArchiveWriter::begin(std::string_view name, std::uint64_t size_bytes) {
  const std::unique_ptr<archive_entry, FreeEntry> entry(archive_entry_new());
  if (!entry) throw std::bad_alloc();
  archive_entry_set_pathname(entry.get(), std::string(name).c_str());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  archive_entry_set_perm(entry.get(), 0600);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size_bytes));
  require(archive_write_header(archive_.get(), entry.get()) == ARCHIVE_OK);
}

void ArchiveWriter::add(std::string_view bytes) {
  const auto count = archive_write_data(archive_.get(), bytes.data(), bytes.size());
  require(count == std::ssize(bytes));
}

void ArchiveWriter::add_member(std::string_view name, std::string_view bytes) {
  begin(name, bytes.size());
  add(bytes);
  require(archive_write_finish_entry(archive_.get()) == ARCHIVE_OK);
  RunningSha256 digest;
  digest.add(bytes);
  sums_ += line_of_member(digest.finish_as_hex(), name);
}

void ArchiveWriter::add_file(std::string_view name, int source,
                             const std::function<void()>& keep_going) {
  struct stat status;
  if (::fstat(source, &status) != 0) fail(errno);
  const auto size_bytes = static_cast<std::uint64_t>(status.st_size);
  begin(name, size_bytes);
  RunningSha256 digest;
  std::vector<char> buffer(piece_bytes);
  for (std::uint64_t done = 0; done < size_bytes;) {
    keep_going();
    const auto wanted = std::min<std::uint64_t>(buffer.size(), size_bytes - done);
    const auto count = ::pread(source, buffer.data(), wanted, static_cast<off_t>(done));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) fail(count < 0 ? errno : EIO);
    const std::string_view piece(buffer.data(), static_cast<std::size_t>(count));
    digest.add(piece);
    add(piece);
    done += piece.size();
  }
  require(archive_write_finish_entry(archive_.get()) == ARCHIVE_OK);
  sums_ += line_of_member(digest.finish_as_hex(), name);
}

void ArchiveWriter::finish() {
  begin(sums_name, sums_.size() + line_of_all(std::string(sha256_digits, '0')).size());
  const auto all = all_->finish_as_hex();
  all_.reset();
  add(sums_ + line_of_all(all));
  require(archive_write_close(archive_.get()) == ARCHIVE_OK);
}

}  // namespace frontdesk::backup

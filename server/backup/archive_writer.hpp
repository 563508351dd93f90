#pragma once

#include "core/running_digest.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct archive;  // libarchive's

namespace frontdesk::backup {

/// Writes a tar archive (POSIX.1-2001 pax; plain ustar up to 8 GiB a member) whose last member,
/// SHA256SUMS, holds the digests of all others, as sha256sum(1) reads them, and in a comment that
/// of every byte before its own contents, so that headers are covered too. Throws db::SetupError
/// with the system's reason where the disk refuses.
///
/// tar has a member's size in front of it, so what comes in a stream of unknown length goes to a
/// file first. That takes its room twice for a while; the formats that need no size in front have
/// it in two places, or cannot be read where they are cut, and dumps are compressed and small.
class ArchiveWriter {
 public:
  /// `file` is empty and stays the caller's.
  explicit ArchiveWriter(int file);
  ArchiveWriter(const ArchiveWriter&) = delete;
  ArchiveWriter& operator=(const ArchiveWriter&) = delete;
  ~ArchiveWriter();

  void add_member(std::string_view name, std::string_view bytes);
  /// All of the open regular file `source`. `keep_going` is called between pieces and may throw.
  void add_file(std::string_view name, int source, const std::function<void()>& keep_going);

  /// SHA256SUMS and the archive's end.
  void finish();
  [[nodiscard]] std::uint64_t size_bytes() const { return size_bytes_; }

 private:
  struct Free {
    void operator()(::archive* archive) const;
  };
  static std::ptrdiff_t take(::archive* archive, void* writer, const void* bytes,
                             std::size_t count);
  void begin(std::string_view name, std::uint64_t size_bytes);
  void add(std::string_view bytes);
  void require(bool is_done) const;

  int file_;
  int error_ = 0;  ///< errno of the first write that failed; no other follows
  std::uint64_t size_bytes_ = 0;
  std::optional<RunningSha256> all_{std::in_place};
  std::string sums_;
  std::unique_ptr<::archive, Free> archive_;  ///< last: it may write while it is freed
};

}  // namespace frontdesk::backup

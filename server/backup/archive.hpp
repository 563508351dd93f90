#pragma once

#include "core/running_digest.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::backup {

/// Writes a tar archive (POSIX.1-1988 ustar; sizes from 8 GiB on as GNU tar writes them) whose last
/// member, SHA256SUMS, holds the digests of all others, as sha256sum(1) reads them. Throws
/// db::SetupError with the system's reason where the disk refuses.
class ArchiveWriter {
 public:
  /// `file` is empty, can seek, and stays the caller's.
  explicit ArchiveWriter(int file) : file_(file) {}

  /// Opens a member; its size is known at its end only.
  void begin(std::string_view name);
  void add(std::string_view bytes);
  void end();
  void add_member(std::string_view name, std::string_view bytes);

  /// SHA256SUMS and the archive's end.
  void finish();
  [[nodiscard]] std::uint64_t size_bytes() const { return position_; }

 private:
  void write(std::string_view bytes);

  int file_;
  std::uint64_t position_ = 0;
  std::uint64_t header_at_ = 0;
  std::string name_;
  RunningSha256 digest_;
  std::string sums_;
};

/// Reads what ArchiveWriter wrote, and nothing else: any byte that is missing, added or changed is
/// refused.
class ArchiveReader {
 public:
  struct Member {
    std::string name;
    std::uint64_t offset;
    std::uint64_t size_bytes;
  };

  /// Walks through the headers of the open file. Throws db::SetupError where it is no archive or
  /// its end is missing.
  explicit ArchiveReader(int file);

  /// Whether all members are as SHA256SUMS says: reads the whole file. Throws db::SetupError where
  /// not. `keep_going` is called between pieces and may throw.
  void verify(const std::function<void()>& keep_going) const;

  [[nodiscard]] const std::vector<Member>& members() const { return members_; }
  /// Throws db::SetupError where there is none of that name.
  [[nodiscard]] const Member& member(std::string_view name) const;
  /// The whole of a member; refuses one of more than 1 MiB.
  [[nodiscard]] std::string text_of(std::string_view name) const;
  /// A piece of a member from `offset` on; 0 at its end.
  std::size_t read(const Member& member, std::uint64_t offset, char* buffer,
                   std::size_t size_bytes) const;

 private:
  int file_;
  std::vector<Member> members_;
};

}  // namespace frontdesk::backup

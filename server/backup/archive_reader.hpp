#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace frontdesk::backup {

/// Reads what ArchiveWriter wrote, and nothing else.
class ArchiveReader {
 public:
  /// Fills a buffer with the next piece of a member; 0 at its end. Throws db::SetupError where the
  /// file ends too early.
  using Source = std::function<std::size_t(std::span<char> buffer)>;

  /// `file` is open and stays the caller's. Throws db::SetupError where it is not a regular one.
  explicit ArchiveReader(int file);

  /// Reads the whole file; `keep_going` is called between pieces and may throw. Throws
  /// db::SetupError where any byte is missing, added or changed, and for any other archive: one
  /// that is compressed, holds anything but regular files with names of letters, digits and dots, a
  /// name twice, or more than 16 members.
  void verify(const std::function<void()>& keep_going) const;

  [[nodiscard]] bool has(std::string_view name) const;
  /// The whole of a member. Throws db::SetupError where there is none of that name, and for one of
  /// more than 1 MiB.
  [[nodiscard]] std::string text_of(std::string_view name) const;
  /// A member from its first byte on. Throws db::SetupError where there is none of that name.
  [[nodiscard]] Source open(std::string_view name) const;

 private:
  int file_;
  std::uint64_t file_bytes_;
};

}  // namespace frontdesk::backup

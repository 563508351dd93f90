#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace frontdesk::backup {

/// A file of mode 0600 that appears under its name only when it is whole. Until then it has no name
/// at all where the file system can do that (O_TMPFILE), so that not even a power cut leaves a
/// piece of it; elsewhere it is `.NAME.part-…` beside it, removed by the destructor. Throws
/// db::SetupError with the system's reason.
class DraftFile {
 public:
  /// The folder of `path` exists.
  explicit DraftFile(std::filesystem::path path);
  DraftFile(const DraftFile&) = delete;
  DraftFile& operator=(const DraftFile&) = delete;
  ~DraftFile();

  [[nodiscard]] int descriptor() const { return file_; }

  /// Appends.
  void write(std::string_view bytes);

  /// Flushes it and gives it its name. Refuses a name that is taken, unless `replaces`.
  void publish(bool replaces);

 private:
  [[nodiscard]] std::filesystem::path name_of_part() const;
  void give_name(const std::filesystem::path& name) const;

  std::filesystem::path path_;
  std::filesystem::path folder_;
  std::filesystem::path part_;  ///< empty while it has no name
  int file_ = -1;
};

/// Writes a small file of mode 0600 the same way, in place of one that is there.
void write_private_file(const std::filesystem::path& path, const std::string& text);

}  // namespace frontdesk::backup

#pragma once

#include "backup/archive_reader.hpp"
#include "backup/manifest.hpp"
#include "backup/secrets.hpp"
#include "db/dump_tools.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

namespace frontdesk::backup {

/// A backup whose every byte has been verified.
class BackupFile {
 public:
  /// Reads the whole file. Throws db::SetupError where it is not a whole backup of Frontdesk.
  /// `keep_going` is called between pieces and may throw.
  static BackupFile open(const std::filesystem::path& path,
                         const std::function<void()>& keep_going);
  /// The same of an open file, which is closed with this.
  BackupFile(int file, const std::function<void()>& keep_going);

  [[nodiscard]] const Manifest& manifest() const { return manifest_; }
  [[nodiscard]] const Secrets& secrets() const { return secrets_; }
  /// The dump from its first byte on; must not outlive this.
  [[nodiscard]] db::DumpTools::Source dump() const;
  /// media.tar, where it has images; must not outlive this.
  [[nodiscard]] std::optional<ArchiveReader::Source> media() const;

 private:
  struct Close {
    void operator()(const int* file) const;
  };
  std::unique_ptr<const int, Close> file_;
  ArchiveReader archive_;
  Manifest manifest_;
  Secrets secrets_;
};

constexpr const char* dump_member = "database.dump";
constexpr const char* media_member = "media.tar";
constexpr const char* secrets_member = "secrets.env";
constexpr const char* manifest_member = "manifest.json";

}  // namespace frontdesk::backup

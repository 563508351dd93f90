#pragma once

#include "storage/object_store.hpp"

#include <filesystem>

namespace frontdesk::storage {

/// Objects as files below a folder that is the server's alone (0700, files 0600). The folder is
/// made with the first object. Several servers may share one where rename is atomic.
class FolderStore final : public ObjectStore {
 public:
  explicit FolderStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// Written under another name, synced, renamed, and the folder synced: there is all of it or none
  /// of it, whenever the power goes.
  void put(const std::string& name, std::string_view bytes, std::string_view content_type) override;
  std::optional<std::string> get(const std::string& name) override;
  /// What put() has left unfinished goes with it, and so does a folder that is empty then.
  void remove(const std::string& name) override;
  [[nodiscard]] std::string describe() const override { return folder_.string(); }

 private:
  std::filesystem::path folder_;
};

}  // namespace frontdesk::storage

#include "db/cluster_binaries.hpp"

#include "db/setup_error.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

namespace frontdesk::db {
namespace {

namespace fs = std::filesystem;

constexpr int oldest_version = 15;

bool has_programs(const fs::path& folder) {
  return ::access((folder / "postgres").c_str(), X_OK) == 0 &&
         ::access((folder / "initdb").c_str(), X_OK) == 0;
}

std::vector<ClusterBinaries> debian_versions() {
  std::vector<ClusterBinaries> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", error)) {
    const std::string name = entry.path().filename().string();
    int version = 0;
    std::from_chars(name.data(), name.data() + name.size(), version);
    const fs::path folder = entry.path() / "bin";
    if (version > 0 && has_programs(folder)) found.push_back({folder, version});
  }
  return found;
}

// `postgres (PostgreSQL) 15.8 (Debian 15.8-0+deb12u1)`
int version_of(const fs::path& program) {
  struct Close {
    void operator()(FILE* file) const { ::pclose(file); }
  };
  const std::string command = fmt::format("'{}' --version 2>/dev/null", program.string());
  if (program.string().find('\'') != std::string::npos) return 0;
  const std::unique_ptr<FILE, Close> pipe(::popen(command.c_str(), "re"));
  std::array<char, 200> line{};
  int version = 0;
  if (!pipe || std::fgets(line.data(), line.size(), pipe.get()) == nullptr) return 0;
  if (std::sscanf(line.data(), "postgres (PostgreSQL) %d", &version) != 1) return 0;
  return version;
}

std::vector<ClusterBinaries> versions_in_path() {
  std::vector<ClusterBinaries> found;
  const char* path = std::getenv("PATH");
  std::istringstream folders(path != nullptr ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (folder.empty() || !has_programs(folder)) continue;
    std::error_code error;
    const fs::path real = fs::canonical(fs::path(folder) / "postgres", error).parent_path();
    if (error || !has_programs(real)) continue;
    if (const int version = version_of(real / "postgres")) found.push_back({real, version});
  }
  return found;
}

}  // namespace

ClusterBinaries ClusterBinaries::find(std::optional<int> data_version) {
  std::optional<ClusterBinaries> best;
  const auto consider = [&](const std::vector<ClusterBinaries>& candidates) {
    for (const auto& candidate : candidates) {
      const bool fits = data_version ? candidate.major_version == *data_version
                                     : candidate.major_version >= oldest_version;
      if (fits && (!best || candidate.major_version > best->major_version)) best = candidate;
    }
  };
  consider(debian_versions());
  if (!best) consider(versions_in_path());
  if (best) return *best;
  if (data_version) {
    throw SetupError(fmt::format(
        "The data folder was made by PostgreSQL {0}, which is not installed. Install it "
        "(apt-get install postgresql-{0}), or set FRONTDESK_DATABASE_URL to a server of your own.",
        *data_version));
  }
  throw SetupError(
      "PostgreSQL is not installed. Install it (apt-get install postgresql-15), or set "
      "FRONTDESK_DATABASE_URL to a server of your own.");
}

}  // namespace frontdesk::db

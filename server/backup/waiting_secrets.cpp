#include "backup/waiting_secrets.hpp"

#include "backup/backup.hpp"
#include "db/scratch_database.hpp"

#include <fmt/format.h>

namespace frontdesk::backup {
namespace {

namespace fs = std::filesystem;

constexpr const char* waiting_prefix = "secrets.env.restored-";

void put_in_place(const fs::path& waiting, const fs::path& place) {
  std::error_code error;
  fs::rename(waiting, place, error);
  if (!error) return;
  throw Unsettled(
      fmt::format("The database has been restored, but its secrets are still in {}: {} cannot be "
                  "written ({}). Mend that; the next start of the server, or `frontdesk doctor`, "
                  "puts them there. Do not restore again.",
                  waiting.string(), place.string(), error.message()));
}

}  // namespace

fs::path waiting_secrets_path(const fs::path& data_dir, const std::string& mark) {
  return data_dir / (waiting_prefix + mark);
}

std::vector<fs::path> find_waiting_secrets(const fs::path& data_dir) {
  std::vector<fs::path> found;
  std::error_code error;
  for (fs::directory_iterator entry(data_dir, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->path().filename().string().starts_with(waiting_prefix)) {
      found.push_back(entry->path());
    }
  }
  return found;
}

Settled settle_secrets(const db::PrivateCluster& cluster, const fs::path& data_dir) {
  const auto mark = db::mark_of_database(cluster);
  auto settled = Settled::cleared;
  for (const auto& waiting : find_waiting_secrets(data_dir)) {
    if (mark && waiting == waiting_secrets_path(data_dir, *mark)) {
      put_in_place(waiting, kept_secrets_path(data_dir));
      settled = Settled::finished;
    } else {
      std::error_code ignored;  // it is of no use to anybody, and the next start tries again
      fs::remove(waiting, ignored);
    }
  }
  return settled;
}

}  // namespace frontdesk::backup

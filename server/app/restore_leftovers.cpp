#include "app/restore_leftovers.hpp"

#include "app/kept_secrets.hpp"

namespace frontdesk::app {

std::optional<backup::Settled> settle_restore(const Variables& variables) {
  if (names_other_database(variables)) return std::nullopt;
  const auto data_dir = data_dir_of(variables);
  if (backup::find_waiting_secrets(data_dir).empty() ||
      !std::filesystem::exists(data_dir / "postgres" / "data" / "PG_VERSION")) {
    return std::nullopt;
  }
  const db::PrivateCluster cluster({.data_dir = data_dir, .patience = std::chrono::seconds{2}});
  return backup::settle_secrets(cluster, data_dir);
}

}  // namespace frontdesk::app

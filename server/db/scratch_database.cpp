#include "db/scratch_database.hpp"

#include "core/random.hpp"
#include "db/blocking_connection.hpp"

#include <array>
#include <cstdint>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace frontdesk::db {
namespace {

void drop(BlockingConnection& connection, const char* name) {
  connection.run(fmt::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", name));
}

std::string random_mark() {
  std::array<std::uint8_t, 16> random{};
  fill_random(random);
  return fmt::format("{:02x}", fmt::join(random, ""));
}

}  // namespace

ScratchDatabase::ScratchDatabase(const PrivateCluster& cluster)
    : cluster_(cluster), mark_(random_mark()) {
  BlockingConnection connection(cluster_.superuser_url());
  drop(connection, name);
  drop(connection, replaced_name);
  connection.run(fmt::format("CREATE DATABASE {} OWNER frontdesk_owner TEMPLATE template0", name));
  connection.run(fmt::format("COMMENT ON DATABASE {} IS '{}'", name, mark_));
}

ScratchDatabase::~ScratchDatabase() {
  if (is_in_place_) return;
  try {
    BlockingConnection connection(cluster_.superuser_url());
    drop(connection, name);
  } catch (const std::exception&) {
    return;  // a cluster that is gone: the next restore drops it
  }
}

std::string ScratchDatabase::owner_url() const {
  return cluster_.url("frontdesk_owner", name);
}
std::string ScratchDatabase::app_url() const {
  return cluster_.url("frontdesk_app", name);
}

void ScratchDatabase::put_in_place() {
  BlockingConnection connection(cluster_.superuser_url());
  connection.run("BEGIN");
  connection.run(fmt::format("ALTER DATABASE frontdesk RENAME TO {}", replaced_name));
  connection.run(fmt::format("ALTER DATABASE {} RENAME TO frontdesk", name));
  connection.run("COMMIT");
  is_in_place_ = true;
}

void ScratchDatabase::drop_replaced() {
  BlockingConnection connection(cluster_.superuser_url());
  drop(connection, replaced_name);
}

std::optional<std::string> mark_of_database(const PrivateCluster& cluster) {
  BlockingConnection connection(cluster.superuser_url());
  const auto rows = connection.query(
      "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = 'frontdesk'");
  return rows.empty() ? std::nullopt : rows[0][0];
}

bool is_unused(const PrivateCluster& cluster) {
  BlockingConnection connection(cluster.owner_url());
  return connection
      .query("SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'")
      .empty();
}

}  // namespace frontdesk::db

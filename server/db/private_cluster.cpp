#include "db/private_cluster.hpp"

#include "db/blocking_connection.hpp"
#include "db/postmaster.hpp"
#include "db/setup_error.hpp"

#include <thread>

#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <fmt/format.h>
#include <libpq-fe.h>

namespace frontdesk::db {
namespace {

namespace fs = std::filesystem;

// For a small machine; and nothing of a row in PostgreSQL's log, whose DETAIL lines quote keys.
// Refused statements are the server's to log.
constexpr std::pair<const char*, const char*> fixed_settings[] = {
    {"listen_addresses", ""},
    {"port", "5432"},
    {"unix_socket_permissions", "0700"},
    {"shared_buffers", "32MB"},
    {"max_wal_size", "1GB"},
    {"log_destination", "stderr"},
    {"logging_collector", "off"},
    {"log_line_prefix", "%m [%p] %u "},
    {"log_timezone", "UTC"},
    {"log_checkpoints", "off"},
    {"log_min_messages", "log"},
    {"log_min_error_statement", "panic"},
    {"log_error_verbosity", "terse"},
};

// `/` is left for the reader's sake (RFC 3986, 3.4, allows it in a query).
std::string percent_encoded(std::string_view text) {
  return boost::urls::encode(text, boost::urls::unreserved_chars + '/');
}

}  // namespace

PrivateCluster::PrivateCluster(PrivateClusterOptions options)
    : folder_(ClusterFolder::open(options.data_dir, options.patience, options.progress)) {
  const auto binaries = ClusterBinaries::find(folder_.data_version());
  folder_.initialise(binaries, options.is_durable, options.progress);
  socket_folder_ = folder_.make_socket_folder();
  postmaster_ =
      std::make_unique<Postmaster>(ChildProcess{command_line(options, binaries), folder_.account(),
                                                folder_.data(), folder_.log(), true},
                                   folder_.data(), options.progress);
  await_ready(options.start_timeout);
  make_roles();
}

PrivateCluster::~PrivateCluster() {
  stop();
}

void PrivateCluster::stop() {
  postmaster_->stop();
  if (socket_folder_.parent_path() == "/tmp") {
    std::error_code ignored;
    fs::remove(socket_folder_, ignored);
  }
}

pid_t PrivateCluster::pid() const {
  return postmaster_->pid();
}

std::string PrivateCluster::app_url() const {
  return url("frontdesk_app", "frontdesk");
}
std::string PrivateCluster::owner_url() const {
  return url("frontdesk_owner", "frontdesk");
}
std::string PrivateCluster::superuser_url() const {
  return url("postgres", "postgres");
}

std::string PrivateCluster::url(std::string_view user, std::string_view database) const {
  return fmt::format("postgresql://{}@/{}?host={}&port=5432", user, database,
                     percent_encoded(socket_folder_.string()));
}

std::vector<std::string> PrivateCluster::command_line(const PrivateClusterOptions& options,
                                                      const ClusterBinaries& binaries) const {
  std::vector<std::string> arguments{(binaries.folder / "postgres").string(), "-D",
                                     folder_.data().string()};
  const auto set = [&](std::string_view name, std::string_view value) {
    arguments.push_back("-c");
    arguments.push_back(fmt::format("{}={}", name, value));
  };
  for (const auto& [name, value] : fixed_settings) set(name, value);
  set("unix_socket_directories", fmt::format("\"{}\"", socket_folder_.string()));
  set("max_connections", std::to_string(options.max_connections));
  if (!options.is_durable) {
    for (const char* name : {"fsync", "full_page_writes"}) set(name, "off");
  }
  for (const auto& [name, value] : options.settings) set(name, value);
  return arguments;
}

void PrivateCluster::await_ready(std::chrono::milliseconds limit) {
  const std::string address = superuser_url();
  const auto until = std::chrono::steady_clock::now() + limit;
  const auto fail = [&](std::string_view what) {
    postmaster_->stop();
    throw SetupError(fmt::format("PostgreSQL {}. Its log ({}) ends:\n{}", what,
                                 folder_.log().string(), folder_.log_tail()));
  };
  while (PQping(address.c_str()) != PQPING_OK) {
    if (postmaster_->ends() > 0) fail("does not start");
    if (std::chrono::steady_clock::now() >= until) fail("does not take connections");
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

// At every start: the first one may have been cut short in between.
void PrivateCluster::make_roles() {
  BlockingConnection connection(superuser_url());
  for (const std::string role : {"frontdesk_owner", "frontdesk_app"}) {
    if (connection.query("SELECT FROM pg_roles WHERE rolname = $1", {role}).empty()) {
      connection.run("CREATE ROLE " + role + " LOGIN");
    }
  }
  if (connection.query("SELECT FROM pg_database WHERE datname = 'frontdesk'").empty()) {
    connection.run("CREATE DATABASE frontdesk OWNER frontdesk_owner");
  }
}

}  // namespace frontdesk::db

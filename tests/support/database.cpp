#include "support/database.hpp"

#include "db/migrator.hpp"
#include "support/environment.hpp"

#include <cstdlib>
#include <iostream>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace frontdesk::testing {
namespace {

Environment* current = nullptr;

Environment& environment() {
  if (current == nullptr) std::abort();  // only main() makes one
  return *current;
}

void report(std::string_view line) {
  std::cerr << "[ database ] " << line << '\n';
}

}  // namespace

Environment::Environment() {
  current = this;
}
Environment::~Environment() {
  owner_.reset();
  superuser_.reset();
  io_.reset();
  cluster_.reset();
  folder_.reset();
  current = nullptr;
}

db::PrivateCluster& Environment::cluster() {
  if (!cluster_) {
    folder_ = std::make_unique<TemporaryFolder>();
    cluster_ =
        std::make_unique<db::PrivateCluster>(db::PrivateClusterOptions{.data_dir = folder_->path(),
                                                                       .max_connections = 100,
                                                                       .is_durable = false,
                                                                       .progress = report});
    db::migrate(cluster_->owner_url(), cluster_->app_url());
    db::BlockingConnection(cluster_->superuser_url())
        .run("GRANT pg_read_all_stats, pg_signal_backend TO frontdesk_owner");
  }
  return *cluster_;
}

db::BlockingConnection& Environment::owner() {
  if (!owner_) {
    owner_ = std::make_unique<db::BlockingConnection>(cluster().owner_url());
    owner_->run("SET lock_timeout = '20s'; SET TimeZone = 'UTC'");
  }
  return *owner_;
}

db::BlockingConnection& Environment::superuser() {
  if (!superuser_) {
    superuser_ =
        std::make_unique<db::BlockingConnection>(cluster().superuser_url() + "&dbname=frontdesk");
    superuser_->run("SET session_replication_role = replica; SET lock_timeout = '20s'");
  }
  return *superuser_;
}

const std::string& Environment::reset_statements() {
  if (reset_statements_.empty()) {
    reset_statements_ = superuser().value(
        "SELECT string_agg(format('DELETE FROM %I;', tablename), ' ') FROM pg_tables "
        "WHERE schemaname = 'public' AND tablename NOT IN "
        "('schema_migrations', 'permissions', 'roles', 'role_permissions', 'catalogue_revision')");
    reset_statements_ +=
        "DELETE FROM role_permissions WHERE role_id IN (SELECT id FROM roles WHERE NOT is_system);"
        "DELETE FROM roles WHERE NOT is_system;"
        "INSERT INTO settings DEFAULT VALUES";
  }
  return reset_statements_;
}

asio::io_context& Environment::io() {
  if (!io_) io_ = std::make_unique<asio::io_context>(1);
  return *io_;
}

db::PrivateCluster& cluster() {
  return environment().cluster();
}
std::string app_url() {
  return cluster().app_url();
}
std::string owner_url() {
  return cluster().owner_url();
}
asio::io_context& io() {
  return environment().io();
}

void sql(const std::string& statements) {
  environment().owner().run(statements);
}

std::string sql_value(const std::string& statement, const std::vector<std::string>& parameters) {
  return environment().owner().value(statement, parameters);
}

std::int64_t sql_count(const std::string& statement, const std::vector<std::string>& parameters) {
  return std::stoll(sql_value(statement, parameters));
}

// DELETE costs a tenth of TRUNCATE, which gives each table and index a new file. As a superuser and
// with triggers off, so that the order of the foreign keys does not matter.
void reset() {
  environment().superuser().run(environment().reset_statements());
}

std::unique_ptr<db::Pool> make_pool(db::PoolOptions options) {
  if (options.url.empty()) options.url = app_url();
  if (!options.log) options.log = report;
  return std::make_unique<db::Pool>(io(), std::move(options));
}

TemporaryFolder::TemporaryFolder() {
  std::string name = "/tmp/frontdesk-test-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  ::chmod(name.c_str(), 0711);  // PostgreSQL's user passes through it
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void detail::drive(const std::function<bool()>& is_done, std::chrono::seconds limit) {
  const auto until = std::chrono::steady_clock::now() + limit;
  while (!is_done()) {
    if (std::chrono::steady_clock::now() >= until) {
      std::cerr << "a coroutine has not ended within " << limit.count() << " s\n";
      std::abort();
    }
    io().restart();
    io().run_one_for(std::chrono::milliseconds(100));
  }
}

void idle(std::chrono::milliseconds duration) {
  const auto until = std::chrono::steady_clock::now() + duration;
  while (std::chrono::steady_clock::now() < until) {
    io().restart();
    io().run_one_until(until);
  }
}

void await(const std::function<bool()>& condition, std::chrono::seconds limit) {
  const auto until = std::chrono::steady_clock::now() + limit;
  while (!condition()) {
    if (std::chrono::steady_clock::now() >= until) {
      ADD_FAILURE() << "what was awaited did not happen within " << limit.count() << " s";
      return;
    }
    idle(std::chrono::milliseconds(5));
  }
}

}  // namespace frontdesk::testing

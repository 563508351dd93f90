#include "app/commands.hpp"

#include "access/access.hpp"
#include "accounts/accounts.hpp"
#include "accounts/password_policy.hpp"
#include "app/database.hpp"
#include "app/demo_data.hpp"
#include "app/process.hpp"
#include "app/run_task.hpp"
#include "db/migrator.hpp"

#include <iostream>
#include <stdexcept>

#include <fmt/format.h>

namespace frontdesk::app {
namespace {

void say(std::string_view line) {
  fmt::print(stderr, "frontdesk: {}\n", line);
}

Database open_migrated(const Config& config) {
  auto database = Database::own_or_running(config, say);
  db::migrate(database.owner_url(), database.url(), db::embedded_migrations(), say);
  return database;
}

}  // namespace

int migrate(const Config& config) {
  const auto database = Database::own_or_running(config, say);
  const auto report =
      db::migrate(database.owner_url(), database.url(), db::embedded_migrations(), say);
  if (report.applied.empty()) {
    fmt::print("The database is current: version {}.\n", report.version);
  } else {
    fmt::print("Applied {} migrations: the database is at version {}.\n", report.applied.size(),
               report.version);
  }
  return 0;
}

int create_admin(const Config& config, const std::string& email, const std::string& name) {
  auto address = EmailAddress::parse(email);
  if (!address) throw std::runtime_error("--email is not an e-mail address.");
  std::string password;
  std::getline(std::cin, password);
  if (const auto wrong = accounts::check_password("password", password, *address)) {
    throw std::runtime_error(wrong->message);
  }
  const auto database = open_migrated(config);
  asio::io_context io(1);
  db::Pool pool(io, {.url = database.url(), .size = 1});
  const DataKey key(std::span(config.data_key).first<DataKey::size_bytes>());
  const queue::Outbox outbox(key);
  accounts::Shared shared(account_options(config, nullptr));
  accounts::Accounts accounts(pool, outbox, shared);
  Actor command_line;
  command_line.request_id = "create-admin";
  const accounts::NewAccount account{.name = name,
                                     .email = std::move(*address),
                                     .password = Secret(password),
                                     .role = access::id_of(access::SystemRole::admin)};
  wipe(password);
  const auto created =
      run_task(io, accounts.create(command_line, account, deadline_in(std::chrono::seconds{30})));
  shared.hasher.stop();
  if (!created) throw std::runtime_error(created.error().message);
  fmt::print("{} can log in as an admin.\n", created->email);
  return 0;
}

int load_demo(const Config& config, demo::Size size, const std::optional<std::string>& token_file) {
  if (!config.development()) {
    throw std::runtime_error("Demo data load only with FRONTDESK_ENV=development.");
  }
  const auto database = open_migrated(config);
  say(size == demo::Size::bench ? "loading 100,000 appointments, about 20 s"
                                : "loading the demo business");
  const bool loaded = load_demo_data(config, database, size) == demo::Outcome::loaded;
  say(loaded ? "done" : "the database is not empty: nothing was loaded");
  if (token_file) write_session_tokens(config, database, *token_file);
  return 0;
}

int print_database_url(const Config& config) {
  const auto database = Database::own_or_running(config, say);
  fmt::print("{}\n", database.owner_url());
  return 0;
}

}  // namespace frontdesk::app

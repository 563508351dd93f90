#include "app/commands.hpp"
#include "app/database.hpp"
#include "app/metrics_endpoint.hpp"
#include "app/shard.hpp"
#include "db/migrator.hpp"

#include <algorithm>
#include <csignal>

#include <boost/asio/signal_set.hpp>

namespace frontdesk::app {
namespace {

// One that claims, one that writes down, two for the chores of the hour.
constexpr unsigned connections = 4;

}  // namespace

int work(Config config) {
  std::signal(SIGPIPE, SIG_IGN);
  Process process(std::move(config));
  const auto progress = [&log = process.log](std::string_view line) {
    log.info("setting up", {{"step", line}});
  };
  // Beside a server on this machine its database is used.
  const auto database = Database::own_or_running(process.config, progress);
  db::migrate(database.owner_url(), database.url(), db::embedded_migrations(), progress);

  Shard shard(process, database.url(), std::min(connections, process.config.database_pool));
  shard.start_worker();
  asio::signal_set signals(shard.io(), SIGTERM, SIGINT);
  signals.async_wait([&](const boost::system::error_code& failure, int number) {
    if (failure) return;
    process.log.info("stopping", {{"signal", number == SIGTERM ? "SIGTERM" : "SIGINT"}});
    process.draining.begin();
    shard.stop();
    signals.clear();
  });
  const MetricsEndpoint metrics(process);
  process.log.info("delivering", {{"version", FRONTDESK_VERSION}});
  warn_without_sender(process);
  shard.run();
  process.accounts.hasher.stop();
  process.log.info("stopped");
  return 0;
}

}  // namespace frontdesk::app

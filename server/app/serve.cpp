#include "app/commands.hpp"
#include "app/database.hpp"
#include "app/demo_data.hpp"
#include "app/metrics_endpoint.hpp"
#include "app/shard.hpp"
#include "db/migrator.hpp"
#include "http/descriptor_limit.hpp"
#include "http/listening_port.hpp"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <thread>

#include <boost/asio/signal_set.hpp>
#include <fmt/format.h>

namespace frontdesk::app {
namespace {

// For PostgreSQL, listeners, logs.
constexpr std::size_t spare_descriptors = 256;

using Shards = std::vector<std::unique_ptr<Shard>>;

db::Progress progress_to(observe::Logger& log) {
  return [&log](std::string_view line) { log.info("setting up", {{"step", line}}); };
}

// Every thread gets its share of FRONTDESK_DATABASE_POOL, and never none.
unsigned share_of(unsigned total, unsigned threads, unsigned index) {
  return std::max(1U, total / threads + (index < total % threads ? 1U : 0U));
}

Shards make_shards(Process& process, const Database& database, http::ListeningPort& port) {
  Shards shards;
  const auto threads = process.config.threads;
  for (unsigned i = 0; i < threads; ++i) {
    shards.push_back(std::make_unique<Shard>(process, database.url(),
                                             share_of(process.config.database_pool, threads, i)));
    shards.back()->listen(port);
  }
  if (process.config.worker) shards.front()->start_worker();
  shards.front()->watch_catalogue();
  return shards;
}

// SIGTERM and SIGINT end the server; the second one is left to the default: it kills.
void stop_on_signals(asio::signal_set& signals, Process& process, Shards& shards) {
  signals.async_wait([&](const boost::system::error_code& failure, int number) {
    if (failure) return;
    process.log.info("stopping", {{"signal", number == SIGTERM ? "SIGTERM" : "SIGINT"}});
    process.draining.begin();
    for (auto& shard : shards) shard->stop();
    signals.clear();
  });
}

// The threads' pools and connections together.
void report_use(Process& process, const Shards& shards) {
  auto& metrics = process.metrics;
  const auto sum = [&shards](std::size_t db::PoolStatistics::* figure) {
    return [&shards, figure] {
      std::size_t total = 0;
      for (const auto& shard : shards) total += shard->pool_statistics().*figure;
      return static_cast<double>(total);
    };
  };
  metrics.gauge_from("database_pool_limit", "Connections that may be opened.",
                     sum(&db::PoolStatistics::limit));
  metrics.gauge_from("database_pool_size", "Connections that are open.",
                     sum(&db::PoolStatistics::size));
  metrics.gauge_from("database_pool_in_use", "Connections that are working.",
                     sum(&db::PoolStatistics::in_use));
  metrics.gauge_from("database_pool_waiting", "Requests that wait for a connection.",
                     sum(&db::PoolStatistics::waiting));
  metrics.gauge_from("http_connections", "Client connections that are open.",
                     [&process] { return static_cast<double>(process.connections.open()); });
}

void say_where_to_go(Process& process, const http::ListeningPort& port, bool has_demo_logins) {
  const auto& config = process.config;
  process.log.info("listening",
                   {{"address", fmt::format("{}:{}", port.endpoint().address().to_string(),
                                            port.endpoint().port())},
                    {"threads", config.threads},
                    {"version", FRONTDESK_VERSION}});
  if (!config.development()) {
    warn_without_sender(process);
    return;
  }
  const auto origin = fmt::format("http://localhost:{}", port.endpoint().port());
  const auto logins = fmt::format(
      "    Demo logins        admin@demo.test · staff@demo.test · customer@demo.test\n"
      "    Password           {}\n\n",
      demo::password);
  fmt::print(stderr,
             "\n  Frontdesk is ready.\n\n"
             "    API reference      {0}/docs\n"
             "    {2}\n\n"
             "{1}"
             "  Stop it with Ctrl-C.\n\n",
             origin, has_demo_logins ? logins : "",
             config.has_sender() ? "Messages leave by FRONTDESK_SMTP_URL or FRONTDESK_TWILIO_…"
                                 : fmt::format("Development inbox  {}/dev/inbox", origin));
}

}  // namespace

int serve(Config config) {
  // A client or a PostgreSQL that is gone is an error of a write, not the end of the process.
  std::signal(SIGPIPE, SIG_IGN);
  const auto descriptors = http::raise_descriptor_limit();
  Process process(std::move(config));
  if (descriptors < process.connections.limit() + spare_descriptors) {
    process.log.warning(
        "fewer descriptors than connections are allowed: raise ulimit -n",
        {{"descriptors", descriptors}, {"connections", process.connections.limit()}});
  }
  http::ListeningPort port(process.config.listen.address, process.config.listen.port);

  const auto database = Database::own(process.config, progress_to(process.log));
  db::migrate(database.owner_url(), database.url(), db::embedded_migrations(),
              progress_to(process.log));
  bool has_demo_logins = false;
  if (process.config.development()) {
    load_demo_data(process.config, database, demo::Size::business);
    has_demo_logins = demo::has_logins(database.url());
  }

  auto shards = make_shards(process, database, port);
  asio::signal_set signals(shards.front()->io(), SIGTERM, SIGINT);
  stop_on_signals(signals, process, shards);
  report_use(process, shards);
  const MetricsEndpoint metrics(process);
  say_where_to_go(process, port, has_demo_logins);

  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < shards.size(); ++i) {
    threads.emplace_back([&shard = *shards[i]] { shard.run(); });
  }
  shards.front()->run();
  for (auto& thread : threads) thread.join();
  process.accounts.hasher.stop();
  process.image_shop.stop();
  process.storage_threads.stop();
  process.log.info("stopped");
  return 0;
}

}  // namespace frontdesk::app

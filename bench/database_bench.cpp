// CPU of this process per statement, PostgreSQL's own not counted: read the CPU column.
#include "db/migrator.hpp"
#include "db/private_cluster.hpp"
#include "db/transaction.hpp"

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include <benchmark/benchmark.h>
#include <boost/asio/co_spawn.hpp>
#include <sys/stat.h>

namespace frontdesk::db {
namespace {

constexpr std::chrono::seconds limit{30};
constexpr Statement find_settings{"find_settings",
                                  "SELECT name, timezone, slot_interval, version FROM settings"};
constexpr Statement lock{"lock", "SELECT 1 FROM pg_advisory_xact_lock($1)"};
constexpr Statement touch{"touch", "UPDATE settings SET version = version + $1 WHERE false"};

/// A cluster in a temporary folder, a pool and its io_context.
struct World {
  World() {
    std::string name = "/tmp/frontdesk-bench-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    ::chmod(name.c_str(), 0711);
    folder = name;
    cluster = std::make_unique<PrivateCluster>(
        PrivateClusterOptions{.data_dir = folder, .is_durable = false});
    migrate(cluster->owner_url(), cluster->app_url());
    pool = std::make_unique<Pool>(io, PoolOptions{.url = cluster->app_url(), .size = 10});
  }
  ~World() {
    pool.reset();
    cluster.reset();
    std::filesystem::remove_all(folder);
  }

  std::filesystem::path folder;
  std::unique_ptr<PrivateCluster> cluster;
  asio::io_context io{1};
  std::unique_ptr<Pool> pool;
};

Task<void> read(Pool& pool) {
  const auto lease = co_await pool.acquire(deadline_in(limit));
  const Rows rows = co_await lease->execute(find_settings);
  benchmark::DoNotOptimize(rows[0].get<std::int32_t>(2));
}

Task<void> read_repeatedly(Pool& pool, int& left) {
  while (left-- > 0) co_await read(pool);
}

Task<Result<int>> write_in(Transaction& transaction, const std::int64_t& key) {
  co_await transaction.execute(lock, key);
  co_await transaction.commit_with(Batch().add(touch, key).add(touch, key));
  co_return 1;
}

Task<void> write_repeatedly(Pool& pool, int& left, std::int64_t key) {
  while (left-- > 0) (void)co_await in_transaction(pool, deadline_in(limit), write_in, key);
}

constexpr int per_iteration = 2'000;

/// Runs `workers` coroutines to their end.
template <class MakeTask>
void run_all(benchmark::State& state, World& world, MakeTask make_task) {
  for (auto _ : state) {
    int left = per_iteration;
    std::int64_t running = state.range(0);
    for (std::int64_t i = 0; i < state.range(0); ++i) {
      asio::co_spawn(world.io, make_task(*world.pool, left, i), [&](std::exception_ptr failure) {
        --running;
        if (failure) std::rethrow_exception(failure);
      });
    }
    world.io.restart();
    while (running > 0) world.io.run_one();
  }
  state.counters["cpu_per_item"] = benchmark::Counter(
      per_iteration, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void one_row(benchmark::State& state, World& world) {
  run_all(state, world,
          [](Pool& pool, int& left, std::int64_t) { return read_repeatedly(pool, left); });
}

void transaction(benchmark::State& state, World& world) {
  run_all(state, world, &write_repeatedly);
}

}  // namespace
}  // namespace frontdesk::db

int main(int argc, char** argv) {
  using namespace frontdesk::db;
  benchmark::Initialize(&argc, argv);
  World world;
  const auto add = [&](const char* name, auto function) {
    benchmark::RegisterBenchmark(
        name, [&world, function](benchmark::State& state) { function(state, world); })
        ->Arg(1)
        ->Arg(8)
        ->Arg(64);
  };
  add("one_row", one_row);
  add("lock_two_updates_commit", transaction);
  benchmark::RunSpecifiedBenchmarks();
}

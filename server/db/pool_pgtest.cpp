#include "db/testing_pool.hpp"

#include <thread>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/detached.hpp>
#include <gtest/gtest.h>

namespace frontdesk::db {
namespace {

using namespace std::chrono_literals;
using testing::await;
using testing::io;
using testing::make_pool;
using testing::run;
using namespace testing_pool;

constexpr Statement sleep_long{"sleep_long", "SELECT pg_sleep(30)"};

/// A coroutine that takes a lease, notes its number and gives it back.
Task<void> take_turn(Pool& pool, std::vector<int>& order, int number) {
  const auto lease = co_await pool.acquire(deadline_in(20s));
  order.push_back(number);
  co_await lease->execute(select_one);
}

TEST(Pool, opens_as_many_connections_as_are_needed_and_no_more_than_its_size) {
  auto pool = make_pool({.size = 3});
  EXPECT_EQ(pool->statistics().size, 0u);
  std::vector<Lease> leases;
  for (std::size_t i = 1; i <= 3; ++i) {
    leases.push_back(acquire(*pool));
    EXPECT_EQ(pool->statistics().size, i);
    EXPECT_EQ(pool->statistics().in_use, i);
  }
  EXPECT_THROW(acquire(*pool, 50ms), DeadlinePassed);
  EXPECT_EQ(pool->statistics().size, 3u);
  leases.clear();
  EXPECT_EQ(pool->statistics().in_use, 0u);
  EXPECT_EQ(pool->statistics().size, 3u);
}

TEST(Pool, closes_what_it_has_not_needed_for_long) {
  auto pool = make_pool({.size = 3, .minimum = 1, .idle_limit = 50ms});
  {
    std::vector<Lease> leases;
    for (int i = 0; i < 3; ++i) leases.push_back(acquire(*pool));
  }
  await([&] { return pool->statistics().size == 1; });
  testing::idle(150ms);
  EXPECT_EQ(pool->statistics().size, 1u);
}

TEST(Pool, serves_those_who_wait_in_the_order_they_came) {
  auto pool = make_pool({.size = 1});
  std::vector<int> order;
  {
    const auto lease = acquire(*pool);
    for (int i = 0; i < 20; ++i) {
      asio::co_spawn(io(), take_turn(*pool, order, i), asio::detached);
    }
    await([&] { return pool->statistics().waiting == 20; });
  }
  await([&] { return order.size() == 20; });
  std::vector<int> expected(20);
  for (int i = 0; i < 20; ++i) expected[static_cast<std::size_t>(i)] = i;
  EXPECT_EQ(order, expected);
}

TEST(Pool, refuses_at_once_when_the_queue_is_full) {
  auto pool = make_pool({.size = 1, .waiters = 2});
  std::vector<int> order;
  {
    const auto lease = acquire(*pool);
    asio::co_spawn(io(), take_turn(*pool, order, 1), asio::detached);
    asio::co_spawn(io(), take_turn(*pool, order, 2), asio::detached);
    await([&] { return pool->statistics().waiting == 2; });
    try {
      acquire(*pool);
      ADD_FAILURE();
    } catch (const PoolUnavailable& fault) {
      EXPECT_EQ(fault.answer().kind, ErrorKind::unavailable);
      EXPECT_TRUE(fault.answer().retry_after.has_value());
    }
  }
  await([&] { return order.size() == 2; });
}

TEST(Pool, takes_those_who_gave_up_out_of_the_queue) {
  auto pool = make_pool({.size = 1});
  auto lease = std::make_unique<Lease>(acquire(*pool));
  EXPECT_THROW(acquire(*pool, 50ms), DeadlinePassed);
  EXPECT_EQ(pool->statistics().waiting, 0u);

  asio::cancellation_signal client_left;
  Outcome outcome;
  const auto wait = [](Pool& from) -> Task<void> { co_await from.acquire(deadline_in(20s)); };
  asio::co_spawn(io(), wait(*pool),
                 asio::bind_cancellation_slot(client_left.slot(), note_in(outcome)));
  await([&] { return pool->statistics().waiting == 1; });
  client_left.emit(asio::cancellation_type::terminal);
  await([&] { return outcome.done; });
  EXPECT_THROW(std::rethrow_exception(outcome.failure), Cancelled);
  EXPECT_EQ(pool->statistics().waiting, 0u);

  lease.reset();
  EXPECT_EQ(answer(*acquire(*pool)), 1);
}

TEST(Pool, rolls_back_what_a_lease_left_open) {
  testing::reset();
  auto pool = make_pool({.size = 1});
  int backend = 0;
  {
    const auto lease = acquire(*pool);
    backend = lease->backend_pid();
    lease->begin_with_next();
    run(lease->execute(Statement{"insert_closure", "INSERT INTO closures VALUES ('2026-01-01')"}));
  }
  const auto lease = acquire(*pool);
  EXPECT_EQ(lease->backend_pid(), backend);
  EXPECT_TRUE(lease->is_settled());
  EXPECT_EQ(testing::sql_count("SELECT count(*) FROM closures"), 0);
}

TEST(Pool, uses_a_connection_again_after_its_statement_was_cancelled) {
  auto pool = make_pool({.size = 1});
  int backend = 0;
  {
    const auto lease = acquire(*pool, 200ms);
    backend = lease->backend_pid();
    EXPECT_THROW(run(lease->execute(sleep_long)), DeadlinePassed);
  }
  const auto lease = acquire(*pool);
  EXPECT_EQ(answer(*lease), 1);
  EXPECT_EQ(lease->backend_pid(), backend);
}

// A request to cancel that arrives late must not end the statement after the one it was meant for.
TEST(Pool, never_cancels_the_next_statement_by_mistake) {
  auto pool = make_pool({.size = 1});
  const Statement nap{"nap", "SELECT pg_sleep(0.004)"};
  int passed = 0;
  for (int i = 0; i < 150; ++i) {
    {
      const auto lease = acquire(*pool);
      lease->set_deadline(deadline_in(std::chrono::microseconds(3'000 + 20 * i)));
      try {
        run(lease->execute(nap));
      } catch (const DeadlinePassed&) {
        ++passed;
      }
    }
    ASSERT_NO_THROW(answer(*acquire(*pool))) << "round " << i;
  }
  EXPECT_GT(passed, 0);
}

TEST(Pool, refuses_new_work_and_waits_for_its_leases_when_it_closes) {
  auto pool = make_pool({.size = 1});
  auto lease = std::make_unique<Lease>(acquire(*pool));
  Outcome waiter, closed;
  const auto wait = [](Pool& from) -> Task<void> { co_await from.acquire(deadline_in(20s)); };
  asio::co_spawn(io(), wait(*pool), note_in(waiter));
  await([&] { return pool->statistics().waiting == 1; });
  asio::co_spawn(io(), pool->close(deadline_in(20s)), note_in(closed));
  await([&] { return waiter.done; });
  EXPECT_THROW(std::rethrow_exception(waiter.failure), PoolUnavailable);
  EXPECT_THROW(acquire(*pool), PoolUnavailable);
  EXPECT_EQ(answer(**lease), 1) << "work under way goes to its end";
  EXPECT_FALSE(closed.done);
  lease.reset();
  await([&] { return closed.done; });
  EXPECT_EQ(pool->statistics().size, 0u);
}

TEST(Pool, may_go_before_its_leases_do) {
  auto pool = make_pool({.size = 1});
  const auto lease = acquire(*pool);
  pool.reset();
  EXPECT_EQ(answer(*lease), 1);
}

// Each thread has a pool and an io_context of its own; only the statistics are looked at across.
TEST(Pool, of_one_thread_never_meets_the_pool_of_another) {
  const std::string url = testing::app_url();
  std::vector<std::unique_ptr<asio::io_context>> contexts;
  std::vector<std::unique_ptr<Pool>> pools;
  for (int i = 0; i < 3; ++i) {
    contexts.push_back(std::make_unique<asio::io_context>(1));
    pools.push_back(std::make_unique<Pool>(*contexts.back(), PoolOptions{.url = url, .size = 3}));
  }
  const auto work = [](Pool& pool, std::atomic<int>& answers) -> Task<void> {
    for (int i = 0; i < 40; ++i) {
      const auto lease = co_await pool.acquire(deadline_in(20s));
      if (i % 20 == 19) lease->set_deadline(deadline_in(1ms));
      try {
        co_await lease->execute(Statement{"nap", "SELECT pg_sleep(0.002)"});
      } catch (const DeadlinePassed&) {
      }
      answers.fetch_add(1);
    }
  };
  std::atomic<int> answers = 0;
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < contexts.size(); ++i) {
    for (int task = 0; task < 8; ++task) {
      asio::co_spawn(*contexts[i], work(*pools[i], answers), asio::detached);
    }
    threads.emplace_back([&context = *contexts[i]] { context.run(); });
  }
  while (answers.load() < 3 * 8 * 40) {
    for (const auto& pool : pools) EXPECT_LE(pool->statistics().size, 3u);
    std::this_thread::sleep_for(5ms);
  }
  for (std::size_t i = 0; i < contexts.size(); ++i) {
    asio::post(*contexts[i], [&pool = pools[i]] { pool.reset(); });
  }
  for (auto& thread : threads) thread.join();
}

}  // namespace
}  // namespace frontdesk::db

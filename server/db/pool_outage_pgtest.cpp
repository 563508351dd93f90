// What a pool does about connections that break and a PostgreSQL that is away.
#include "db/testing_pool.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <gtest/gtest.h>

namespace frontdesk::db {
namespace {

using namespace std::chrono_literals;
using testing::await;
using testing::io;
using testing::make_pool;
using testing::run;
using namespace testing_pool;

TEST(PoolOutage, replaces_a_connection_that_broke_while_idle) {
  auto pool = make_pool({.size = 1});
  const int backend = acquire(*pool)->backend_pid();
  testing::sql("SELECT pg_terminate_backend(" + std::to_string(backend) + ", 5000)");
  testing::idle(5ms);
  const auto lease = acquire(*pool);
  EXPECT_NE(lease->backend_pid(), backend);
  EXPECT_EQ(answer(*lease), 1);
}

TEST(PoolOutage, replaces_a_connection_that_broke_in_use) {
  auto pool = make_pool({.size = 2});
  {
    const auto lease = acquire(*pool);
    testing::sql("SELECT pg_terminate_backend(" + std::to_string(lease->backend_pid()) + ", 5000)");
    EXPECT_THROW(answer(*lease), Fault);
  }
  EXPECT_EQ(answer(*acquire(*pool)), 1);
}

TEST(PoolOutage, keeps_a_connection_that_was_merely_told_something) {
  auto pool = make_pool({.size = 1});
  const int backend = acquire(*pool)->backend_pid();
  // A setting that PostgreSQL reports to clients changes: a message that nobody asked for.
  BlockingConnection superuser(testing::cluster().superuser_url());
  superuser.run("ALTER ROLE frontdesk_app SET application_name = 'changed'");
  superuser.run("SELECT pg_reload_conf()");
  testing::idle(100ms);
  const auto lease = acquire(*pool);
  EXPECT_EQ(answer(*lease), 1);
  EXPECT_EQ(lease->backend_pid(), backend);
  superuser.run("ALTER ROLE frontdesk_app RESET application_name");
}

/// Takes connections and hangs up, as a PostgreSQL that is just starting would.
Task<void> hang_up(asio::basic_socket_acceptor<asio::ip::tcp, Executor>& acceptor, int& attempts) {
  for (;;) {
    auto socket = co_await acceptor.async_accept(asio::use_awaitable_t<Executor>());
    ++attempts;
  }
}

TEST(PoolOutage, refuses_at_once_where_there_is_no_PostgreSQL_at_all) {
  auto pool = make_pool({.url = "postgresql://frontdesk_app@/frontdesk?host=/nonexistent"});
  EXPECT_THROW(acquire(*pool, 24h), PoolUnavailable);
  EXPECT_THROW(acquire(*pool, 24h), PoolUnavailable);
}

TEST(PoolOutage, asks_once_while_PostgreSQL_is_away_however_many_want_it) {
  asio::basic_socket_acceptor<asio::ip::tcp, Executor> acceptor(
      io().get_executor(), {asio::ip::address_v4::loopback(), 0});
  int attempts = 0;
  asio::co_spawn(io(), hang_up(acceptor, attempts), [](std::exception_ptr) {});
  std::vector<std::string> lines;
  auto pool = make_pool({.url = "postgresql://frontdesk_app@127.0.0.1:" +
                                std::to_string(acceptor.local_endpoint().port()) +
                                "/frontdesk?sslmode=disable&gssencmode=disable",
                         .retry_pause_first = 10s,
                         .retry_pause_limit = 10s,
                         .log = [&](std::string_view line) { lines.emplace_back(line); }});
  std::vector<Outcome> outcomes(200);
  const auto wait = [](Pool& from) -> Task<void> { co_await from.acquire(deadline_in(20s)); };
  for (auto& outcome : outcomes) asio::co_spawn(io(), wait(*pool), note_in(outcome));
  await([&] { return std::ranges::all_of(outcomes, &Outcome::done); });
  for (const auto& outcome : outcomes) {
    EXPECT_THROW(std::rethrow_exception(outcome.failure), PoolUnavailable);
  }
  EXPECT_THROW(acquire(*pool), PoolUnavailable);
  EXPECT_EQ(attempts, 1);
  EXPECT_FALSE(pool->statistics().available);
  EXPECT_EQ(lines.size(), 1u);
  acceptor.close();
  testing::idle(10ms);
}

}  // namespace
}  // namespace frontdesk::db

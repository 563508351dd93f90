#include "queue/testing_worker.hpp"

#include <chrono>
#include <exception>

#include <boost/asio/co_spawn.hpp>
#include <gtest/gtest.h>

namespace frontdesk::queue {
namespace {

using namespace std::chrono_literals;
using frontdesk::testing::run;
using frontdesk::testing::sql_count;

class WorkerPg : public testing::WorkerTest {};

TEST_F(WorkerPg, the_worker_runs_until_it_is_stopped) {
  enqueue("ann@example.test");
  auto worker = make_worker({.idle_pause = 10ms});
  asio::co_spawn(frontdesk::testing::io(), worker.run(), [](std::exception_ptr) {});
  frontdesk::testing::await([&] { return sent.size() == 1; });
  enqueue("ben@example.test");
  frontdesk::testing::await([&] { return sent.size() == 2; });
  worker.stop();
  frontdesk::testing::idle(50ms);
}

TEST_F(WorkerPg, the_worker_hears_the_bell) {
  Bell bell;
  const Outbox here(key, &bell);
  auto worker = make_worker({.idle_pause = 1h, .bell = &bell});
  asio::co_spawn(frontdesk::testing::io(), worker.run(), [](std::exception_ptr) {});
  frontdesk::testing::idle(600ms);  // past its quick looks
  for (std::size_t i = 1; i <= 3; ++i) {
    run(
        [](db::Pool& on, const Outbox& into) -> Task<void> {
          auto lease = co_await on.acquire(deadline_in(5s));
          const Message message{.event = "auth.code",
                                .channel = "email",
                                .to = "ann@example.test",
                                .subject = "",
                                .text = "",
                                .html = ""};
          co_await into.enqueue(*lease, message);
        },
        *pool, here);
    frontdesk::testing::await([&] { return sent.size() == i; });
  }
  run(worker.finish(deadline_in(5s)));
}

TEST_F(WorkerPg, R44_a_worker_that_stops_ends_what_it_has_begun_and_gives_back_the_rest) {
  for (int i = 0; i < 40; ++i) enqueue("ann@example.test");
  script.takes = 200ms;
  auto worker = make_worker();
  asio::co_spawn(frontdesk::testing::io(), worker.run(), [](std::exception_ptr) {});
  frontdesk::testing::await([&] { return script.under_way == 16; });
  run(worker.finish(deadline_in(5s)));
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE status = 'delivered'"), 16);
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE status = 'waiting' AND attempts = 0 AND "
                      "leased_until IS NULL"),
            24);
}

}  // namespace
}  // namespace frontdesk::queue

#include "storage/work_threads.hpp"

#include "core/error.hpp"

#include <future>
#include <latch>
#include <stdexcept>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <gtest/gtest.h>

namespace frontdesk::storage {
namespace {

using namespace std::chrono_literals;

template <class Job>
auto start(asio::io_context& io, WorkThreads& threads, Job job) {
  return asio::co_spawn(io, threads.run(std::move(job)), asio::use_future);
}

TEST(WorkThreads, a_job_runs_elsewhere_and_its_result_comes_back) {
  WorkThreads threads({.threads = 1});
  asio::io_context io;
  auto where = start(io, threads, [] { return std::this_thread::get_id(); });
  auto nothing = start(io, threads, [] {});
  io.run();
  EXPECT_NE(where.get(), std::this_thread::get_id());
  nothing.get();
}

TEST(WorkThreads, what_a_job_throws_comes_back_too) {
  WorkThreads threads({.threads = 1});
  asio::io_context io;
  auto failed = start(io, threads, [] -> int { throw std::runtime_error("no"); });
  io.run();
  EXPECT_THROW(failed.get(), std::runtime_error);
}

TEST(WorkThreads, R19_beyond_the_queue_is_503_at_once) {
  WorkThreads threads({.threads = 1, .queue = 1});
  asio::io_context io;
  std::latch release(1);
  const auto wait = [&release] { release.wait(); };
  auto running = start(io, threads, wait);
  auto waiting = start(io, threads, wait);
  auto refused = start(io, threads, wait);
  while (refused.wait_for(0s) != std::future_status::ready) io.run_one();
  try {
    refused.get();
    FAIL();
  } catch (const Fault& fault) {
    EXPECT_EQ(fault.answer().kind, ErrorKind::unavailable);
    EXPECT_TRUE(fault.answer().retry_after.has_value());
  }
  release.count_down();
  io.run();
  running.get();
  waiting.get();
}

TEST(WorkThreads, stop_lets_running_jobs_end_and_refuses_the_others) {
  WorkThreads threads({.threads = 1});
  asio::io_context io;
  std::latch begun(1);
  auto running = start(io, threads, [&begun] {
    begun.count_down();
    std::this_thread::sleep_for(50ms);
    return 1;
  });
  auto waiting = start(io, threads, [] { return 2; });
  std::jthread runs([&io] { io.run(); });
  begun.wait();
  threads.stop();
  EXPECT_EQ(running.get(), 1);
  EXPECT_THROW(waiting.get(), Fault);
}

}  // namespace
}  // namespace frontdesk::storage

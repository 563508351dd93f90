#include "observe/health.hpp"

#include <stdexcept>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::observe {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

Task<void> ask(Readiness& readiness, Readiness::Report& report) {
  report = co_await readiness.report(deadline_in(std::chrono::seconds{1}));
}

Readiness::Report report_of(Readiness& readiness) {
  asio::io_context context;
  Readiness::Report report;
  asio::co_spawn(context, ask(readiness, report), asio::detached);
  context.run();
  return report;
}

Readiness::Check saying(std::optional<std::string> problem, int* calls = nullptr) {
  struct State {
    std::optional<std::string> problem;
    int* calls;
  };
  // A coroutine must not capture: the function object's frame is left while it still runs.
  static const auto run = [](State state) -> Task<std::optional<std::string>> {
    if (state.calls != nullptr) ++*state.calls;
    co_return state.problem;
  };
  return [state = State{std::move(problem), calls}](Deadline) { return run(state); };
}

Task<std::optional<std::string>> throwing(Deadline /*deadline*/) {
  throw std::runtime_error("the pool is closed");
  co_return std::nullopt;
}

TEST(Readiness, is_ready_when_nothing_objects) {
  Draining draining;
  Readiness readiness(draining);
  EXPECT_TRUE(report_of(readiness).ready);
  EXPECT_THAT(report_of(readiness).checks, IsEmpty());
}

TEST(Readiness, R44_names_what_objects) {
  Draining draining;
  Readiness readiness(draining);
  readiness.add("database", saying(std::nullopt));
  readiness.add("migrations", saying("migrations_pending"));
  const auto report = report_of(readiness);
  EXPECT_FALSE(report.ready);
  EXPECT_THAT(report.checks,
              ElementsAre(Pair("database", "ok"), Pair("migrations", "migrations_pending")));
}

TEST(Readiness, a_check_that_throws_has_failed) {
  Draining draining;
  Readiness readiness(draining);
  readiness.add("database", throwing);
  const auto report = report_of(readiness);
  EXPECT_FALSE(report.ready);
  EXPECT_THAT(report.checks, ElementsAre(Pair("database", "failed")));
}

TEST(Readiness, R44_is_off_at_once_when_draining_begins) {
  Draining draining;
  Readiness readiness(draining);
  readiness.add("database", saying(std::nullopt));
  EXPECT_TRUE(report_of(readiness).ready);
  draining.begin();
  EXPECT_FALSE(report_of(readiness).ready);
}

TEST(Readiness, an_answer_is_reused_for_a_moment) {
  Draining draining;
  Readiness readiness(draining);
  int calls = 0;
  readiness.add("database", saying(std::nullopt, &calls));
  for (int i = 0; i < 5; ++i) report_of(readiness);
  EXPECT_LE(calls, 2) << "5 questions in far less than 250 ms each";
}

}  // namespace
}  // namespace frontdesk::observe

#include "outbound/service.hpp"

#include <chrono>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <gtest/gtest.h>

namespace frontdesk::outbound {
namespace {

using namespace std::chrono_literals;

class Places : public ::testing::Test {
 protected:
  using Answers = std::vector<std::optional<Service::Permit>>;

  // Without moving the clock: everything that can go on does.
  void settle() {
    context.restart();
    while (context.poll() > 0) {
    }
  }
  void ask(Service& service, std::size_t times) {
    for (std::size_t i = 0; i < times; ++i) {
      asio::co_spawn(context, note(service, answers), asio::detached);
    }
    settle();
  }
  static Task<void> note(Service service, Answers& answers) {
    answers.push_back(co_await service.acquire(deadline_in(30s)));
  }
  std::vector<Service::Permit> taken() {
    std::vector<Service::Permit> permits;
    for (auto& answer : std::exchange(answers, {})) {
      if (answer) permits.push_back(std::move(*answer));
    }
    return permits;
  }

  asio::io_context context;
  Answers answers;
};

TEST_F(Places, R72_there_are_so_many_and_the_others_wait) {
  Service service(context, {.in_flight = 2, .waiting = 1});
  ask(service, 4);
  ASSERT_EQ(answers.size(), 3U) << "two have a place, and one may not even wait";
  EXPECT_FALSE(answers[2]);
  EXPECT_EQ(taken().size(), 2U);
  settle();
  EXPECT_EQ(taken().size(), 1U);
}

TEST_F(Places, that_become_free_at_once_are_all_taken) {
  Service service(context, {.in_flight = 2});
  ask(service, 2);
  auto permits = taken();
  ask(service, 2);
  EXPECT_EQ(answers.size(), 0U);
  permits.clear();
  settle();
  EXPECT_EQ(taken().size(), 2U);
}

TEST_F(Places, R72_nobody_waits_for_a_service_that_is_away) {
  Service service(context, {.in_flight = 1, .circuit = {.failures = 1}});
  ask(service, 1);
  auto permits = taken();
  ask(service, 3);
  permits[0].failed();
  permits.clear();
  settle();
  ASSERT_EQ(answers.size(), 3U);
  for (const auto& answer : answers) EXPECT_FALSE(answer);
}

TEST_F(Places, R72_a_probe_that_works_lets_all_of_them_go_on) {
  Service service(context, {.in_flight = 4, .circuit = {.failures = 1, .first_pause = 1ms}});
  ask(service, 1);
  taken()[0].failed();
  std::this_thread::sleep_for(2ms);
  ask(service, 1);
  auto probe = taken();
  ASSERT_EQ(probe.size(), 1U);
  ask(service, 3);
  EXPECT_EQ(answers.size(), 0U);
  probe[0].succeeded();
  probe.clear();
  settle();
  EXPECT_EQ(answers.size(), 3U);
}

}  // namespace
}  // namespace frontdesk::outbound

#include "core/circuit.hpp"

#include <gtest/gtest.h>

namespace frontdesk {
namespace {

using namespace std::chrono_literals;
using State = Circuit::State;

const Circuit::Time start{1h};

Circuit opened() {
  Circuit circuit({.failures = 3, .first_pause = 1s, .longest_pause = 4s});
  for (int i = 0; i < 3; ++i) circuit.failed(start);
  return circuit;
}

TEST(Circuit, R72_opens_after_failures_in_a_row) {
  Circuit circuit({.failures = 3});
  circuit.failed(start);
  circuit.failed(start);
  circuit.succeeded();
  circuit.failed(start);
  circuit.failed(start);
  EXPECT_EQ(circuit.state(start), State::closed);
  circuit.failed(start);
  EXPECT_EQ(circuit.state(start), State::open);
}

TEST(Circuit, R72_is_half_open_after_its_pause_and_closes_on_success) {
  auto circuit = opened();
  EXPECT_EQ(circuit.state(start + 999ms), State::open);
  EXPECT_EQ(circuit.state(start + 1s), State::half_open);
  circuit.succeeded();
  EXPECT_EQ(circuit.state(start + 1s), State::closed);
}

TEST(Circuit, R72_a_probe_that_fails_doubles_the_pause_up_to_its_limit) {
  auto circuit = opened();
  auto now = start;
  for (const auto pause : {1s, 2s, 4s, 4s}) {
    EXPECT_EQ(circuit.state(now + pause - 1ms), State::open);
    now += pause;
    EXPECT_EQ(circuit.state(now), State::half_open);
    circuit.failed(now);
  }
}

TEST(Circuit, failures_of_calls_that_were_under_way_make_no_pause_longer) {
  auto circuit = opened();
  for (int i = 0; i < 13; ++i) circuit.failed(start + 10ms);
  EXPECT_EQ(circuit.state(start + 1s), State::half_open);
}

TEST(Circuit, after_a_success_it_starts_with_the_first_pause_again) {
  auto circuit = opened();
  circuit.failed(start + 1s);
  circuit.succeeded();
  for (int i = 0; i < 3; ++i) circuit.failed(start);
  EXPECT_EQ(circuit.state(start + 1s), State::half_open);
}

}  // namespace
}  // namespace frontdesk

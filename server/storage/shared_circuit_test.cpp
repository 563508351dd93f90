#include "storage/shared_circuit.hpp"

#include <gtest/gtest.h>

namespace frontdesk::storage {
namespace {

using namespace std::chrono_literals;

const Circuit::Time start{1h};

TEST(SharedCircuit, R72_half_open_one_tries_for_all) {
  SharedCircuit circuit({.failures = 2, .first_pause = 10s});
  circuit.failed(start);
  EXPECT_TRUE(circuit.admits(start));
  circuit.failed(start);
  EXPECT_FALSE(circuit.admits(start + 9s));
  EXPECT_TRUE(circuit.admits(start + 10s));
  EXPECT_FALSE(circuit.admits(start + 11s)) << "one tries for all";
  circuit.succeeded();
  EXPECT_TRUE(circuit.admits(start + 11s));
}

TEST(SharedCircuit, R72_a_try_that_says_nothing_is_not_the_last) {
  SharedCircuit circuit({.failures = 1, .first_pause = 1s});
  circuit.failed(start);
  EXPECT_TRUE(circuit.admits(start + 1s));
  EXPECT_FALSE(circuit.admits(start + 10s));
  EXPECT_TRUE(circuit.admits(start + 11s));
}

}  // namespace
}  // namespace frontdesk::storage

#include "support/environment.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

int main(int argc, char** argv) {
  ::testing::InitGoogleMock(&argc, argv);
  frontdesk::testing::Environment environment;
  return RUN_ALL_TESTS();
}

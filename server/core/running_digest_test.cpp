#include "core/running_digest.hpp"

#include <gtest/gtest.h>

namespace frontdesk {
namespace {

// The examples of FIPS 180-4.
TEST(RunningSha256, pieces_count_as_the_whole) {
  RunningSha256 digest;
  digest.add("a");
  digest.add("");
  digest.add("bc");
  EXPECT_EQ(digest.finish_as_hex(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(RunningSha256, of_nothing) {
  EXPECT_EQ(RunningSha256().finish_as_hex(),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace
}  // namespace frontdesk

#include "core/base64.hpp"

#include <gtest/gtest.h>

namespace frontdesk {
namespace {

TEST(Base64, is_padded) {
  EXPECT_EQ(base64_encode(std::string_view("\0u\0p", 4)), "AHUAcA==");
  EXPECT_EQ(base64_encode(std::string_view()), "");
}

TEST(Base64, has_plus_and_slash) {
  EXPECT_EQ(base64_encode(std::string_view("\xfb\xef\xff")), "++//");
}

}  // namespace
}  // namespace frontdesk

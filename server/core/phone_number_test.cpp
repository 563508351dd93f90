#include "core/phone_number.hpp"

#include <gtest/gtest.h>

namespace frontdesk {
namespace {

TEST(PhoneNumber, a_plus_and_seven_to_fifteen_digits) {
  for (const auto* good : {"+4930123456", "+1234567", "+123456789012345"}) {
    EXPECT_TRUE(is_phone_number(good)) << good;
  }
  for (const auto* bad : {"", "+", "4930123456", "+0301234567", "+123456", "+1234567890123456",
                          "+49 30 123456", "+49-30-12345", "++4930123456", "+4930123456\n"}) {
    EXPECT_FALSE(is_phone_number(bad)) << bad;
  }
}

}  // namespace
}  // namespace frontdesk

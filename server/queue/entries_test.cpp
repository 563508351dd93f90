#include "queue/entries.hpp"

#include <gtest/gtest.h>

namespace frontdesk::queue {
namespace {

TEST(MaskRecipient, R33_tells_which_one_and_not_whom) {
  EXPECT_EQ(mask_recipient("email", "ann@example.test"), "a…@example.test");
  EXPECT_EQ(mask_recipient("email", "ömer@example.test"), "ö…@example.test");
  EXPECT_EQ(mask_recipient("email", "@example.test"), "…@example.test");
  EXPECT_EQ(mask_recipient("sms", "+4930123456"), "…456");
  EXPECT_EQ(mask_recipient("event", "ann@example.test"), "a…@example.test");
  EXPECT_EQ(mask_recipient("event", "+4930123456"), "…456");
  EXPECT_EQ(mask_recipient("push", "dGhpcyBpcyBhIHRva2Vu"), "…");
  for (const auto* channel : {"email", "sms", "push", "event"}) {
    EXPECT_EQ(mask_recipient(channel, ""), "…");
    EXPECT_EQ(mask_recipient(channel, "123"), "…");
  }
}

}  // namespace
}  // namespace frontdesk::queue

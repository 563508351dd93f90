#include "notifications/reminding.hpp"

#include <gtest/gtest.h>

namespace frontdesk::notifications {
namespace {

using std::chrono_literals::operator""h;

TEST(Reminding, is_put_off_till_quiet_hours_end_or_goes_by_mail_alone) {
  const Zone berlin = *Zone::find("Europe/Berlin");
  constexpr QuietHours night{22h, 7h};
  const auto now = *parse_instant("2026-03-04T03:00:00Z");
  const auto end = *parse_instant("2026-03-04T06:00:00Z");
  EXPECT_EQ(remind(std::nullopt, berlin, now, end), Reminding{});
  EXPECT_EQ(remind(night, berlin, end, end + 1h), Reminding{});
  EXPECT_EQ(remind(night, berlin, now, end + 1h), (Reminding{.put_off_until = end}));
  EXPECT_EQ(remind(night, berlin, now, end), Reminding{.by_mail_only = true});
  EXPECT_EQ(remind(night, berlin, now, now + 1h), Reminding{.by_mail_only = true});
}

}  // namespace
}  // namespace frontdesk::notifications

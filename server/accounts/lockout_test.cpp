#include "accounts/lockout.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace frontdesk::accounts {
namespace {

using namespace std::chrono_literals;

const Instant start{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}};

TEST(Lockout, R08_three_failures_lock_for_15_minutes) {
  Lockout lockout;
  const LockoutRules rules;
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(begin_attempt(lockout, rules, start + i * 1min));
  EXPECT_EQ(begin_attempt(lockout, rules, start + 2min), 15min);
  EXPECT_EQ(begin_attempt(lockout, rules, start + 16min + 59s + 1us), 1s);
  EXPECT_FALSE(begin_attempt(lockout, rules, start + 17min));
}

TEST(Lockout, R08_locks_double_up_to_a_day) {
  Lockout lockout;
  const LockoutRules rules;
  Instant now = start;
  for (const auto expected :
       {15min, 30min, 60min, 120min, 240min, 480min, 960min, 1440min, 1440min}) {
    for (int i = 0; i < 3; ++i) EXPECT_FALSE(begin_attempt(lockout, rules, now));
    EXPECT_EQ(begin_attempt(lockout, rules, now), expected);
    now += expected;
  }
}

TEST(Lockout, R08_failures_count_within_a_sliding_window) {
  Lockout lockout;
  const LockoutRules rules;
  EXPECT_FALSE(begin_attempt(lockout, rules, start));
  EXPECT_FALSE(begin_attempt(lockout, rules, start + 14min));
  EXPECT_FALSE(begin_attempt(lockout, rules, start + 15min));  // the first one no longer counts
  EXPECT_FALSE(lockout.locked_until);
  EXPECT_FALSE(begin_attempt(lockout, rules, start + 28min));  // the third within 15 minutes
  EXPECT_TRUE(lockout.locked_until);
}

TEST(Lockout, R08_a_day_without_a_lock_forgives_the_locks_before) {
  Lockout lockout;
  const LockoutRules rules;
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(begin_attempt(lockout, rules, start));
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(begin_attempt(lockout, rules, start + 15min + 24h));
  EXPECT_EQ(begin_attempt(lockout, rules, start + 15min + 24h), 15min);
}

TEST(Lockout, R08_a_hundred_failures_in_a_row_lock_the_account_until_a_reset) {
  Lockout lockout;
  lockout.consecutive_failures = 99;
  const LockoutRules rules;
  EXPECT_FALSE(begin_attempt(lockout, rules, start));
  EXPECT_EQ(begin_attempt(lockout, rules, start + 24h * 365), 24h);
  EXPECT_EQ(lockout.consecutive_failures, 100);
}

RC_GTEST_PROP(Lockout, R08_no_window_of_15_minutes_holds_a_fourth_attempt, ()) {
  const LockoutRules rules;
  Lockout lockout;
  Instant now = start;
  std::vector<Instant> evaluated;
  const auto pauses = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1200));
  for (const int seconds : pauses) {
    now += std::chrono::seconds(seconds);
    const Lockout before = lockout;
    if (begin_attempt(lockout, rules, now)) {
      RC_ASSERT(lockout.failed_at == before.failed_at && lockout.locks == before.locks);
      continue;
    }
    evaluated.push_back(now);
    if (evaluated.size() > 3) RC_ASSERT(now - evaluated[evaluated.size() - 4] >= rules.window);
    RC_ASSERT(lockout.failed_at.size() < 3U);
  }
}

}  // namespace
}  // namespace frontdesk::accounts

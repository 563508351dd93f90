#include "http/rate_limiter.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

using namespace std::chrono_literals;

constexpr RateAllowances allowances{{{3, 900s}, {5, 60s}, {2, 60s}, {1, 60s}, {2, 60s}, {2, 60s}}};

RateKey key_of(std::string_view address) {
  return RateKey::of(IpAddress::parse(address).value());
}

class RateLimiterTest : public testing::Test {
 protected:
  RateDecision take(std::string_view address, RatePolicy policy = RatePolicy::address) {
    return limiter_.count(policy, key_of(address), now_);
  }

  LocalRateLimiter limiter_{allowances};
  RateLimiter::Clock::time_point now_{std::chrono::hours{1}};
};

TEST_F(RateLimiterTest, R20_allows_the_limit_and_no_more) {
  EXPECT_EQ(take("192.0.2.1").remaining, 2u);
  EXPECT_EQ(take("192.0.2.1").remaining, 1u);
  EXPECT_TRUE(take("192.0.2.1").allowed);
  const RateDecision refused = take("192.0.2.1");
  EXPECT_FALSE(refused.allowed);
  EXPECT_EQ(refused.remaining, 0u);
  EXPECT_EQ(refused.reset_in, 900s);
}

TEST_F(RateLimiterTest, a_window_ends_for_those_who_keep_asking_too) {
  for (int i = 0; i < 100; ++i) {
    take("192.0.2.1");
    now_ += 8990ms;
  }
  EXPECT_FALSE(take("192.0.2.1").allowed) << "899 s after the first";
  now_ += 1s;
  EXPECT_TRUE(take("192.0.2.1").allowed);
  EXPECT_EQ(take("192.0.2.1").remaining, 1u);
}

TEST_F(RateLimiterTest, the_time_left_is_rounded_up) {
  take("192.0.2.1");
  now_ += 1ms;
  EXPECT_EQ(take("192.0.2.1").reset_in, 900s);
  now_ += 899s;
  EXPECT_EQ(take("192.0.2.1").reset_in, 1s);
}

TEST_F(RateLimiterTest, keys_and_policies_count_apart) {
  for (int i = 0; i < 4; ++i) take("192.0.2.1");
  EXPECT_TRUE(take("192.0.2.2").allowed);
  EXPECT_TRUE(take("192.0.2.1", RatePolicy::login).allowed);
  EXPECT_TRUE(take("192.0.2.1", RatePolicy::login).allowed);
  EXPECT_FALSE(take("192.0.2.1", RatePolicy::login).allowed);
  EXPECT_EQ(take("192.0.2.1", RatePolicy::user).remaining, 4u);
}

TEST_F(RateLimiterTest, R20_one_64_shares_a_count) {
  take("2001:db8::1");
  take("2001:db8::2");
  take("2001:db8::ffff:1");
  EXPECT_FALSE(take("2001:db8::3").allowed);
  EXPECT_TRUE(take("2001:db8:0:1::3").allowed);
}

TEST_F(RateLimiterTest, a_clock_that_steps_back_a_little_changes_nothing) {
  take("192.0.2.1");
  now_ -= 5ms;
  const RateDecision decision = take("192.0.2.1");
  EXPECT_TRUE(decision.allowed);
  EXPECT_EQ(decision.reset_in, 900s);
}

TEST(RateLimiterSize, a_flood_of_keys_takes_bounded_memory) {
  LocalRateLimiter limiter(allowances, 160);
  const RateLimiter::Clock::time_point now{std::chrono::hours{1}};
  for (unsigned i = 0; i < 10'000; ++i) {
    RateKey key{};
    key.bytes[0] = static_cast<std::uint8_t>(i);
    key.bytes[1] = static_cast<std::uint8_t>(i >> 8);
    EXPECT_TRUE(limiter.count(RatePolicy::address, key, now).allowed);
  }
  EXPECT_LE(limiter.size(), 160u);
  EXPECT_GE(limiter.size(), 150u);
}

TEST(RateLimiterSize, ended_windows_are_swept_by_new_keys) {
  LocalRateLimiter limiter(allowances);
  RateLimiter::Clock::time_point now{std::chrono::hours{1}};
  const auto fill = [&](std::uint8_t generation) {
    for (unsigned i = 0; i < 2000; ++i) {
      RateKey key{};
      key.bytes = {generation, static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i >> 8)};
      limiter.count(RatePolicy::address, key, now);
    }
  };
  fill(1);
  now += 900s;
  fill(2);
  EXPECT_LE(limiter.size(), 2100u);
}

TEST(RateLimiterThreads, R20_the_count_is_exact_over_all_threads) {
  LocalRateLimiter limiter({{{500, 900s}, {1, 1s}, {1, 1s}, {1, 1s}, {1, 1s}, {1, 1s}}});
  const RateLimiter::Clock::time_point now{std::chrono::hours{1}};
  std::atomic<int> allowed = 0;
  std::vector<std::jthread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (int i = 0; i < 400; ++i) {
        if (limiter.count(RatePolicy::address, key_of("192.0.2.1"), now).allowed) ++allowed;
        RateKey other{};
        other.bytes[3] = static_cast<std::uint8_t>(i);
        limiter.count(RatePolicy::address, other, now);
      }
    });
  }
  threads.clear();
  EXPECT_EQ(allowed, 500);
}

}  // namespace
}  // namespace frontdesk::http

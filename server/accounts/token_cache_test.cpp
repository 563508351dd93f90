#include "accounts/token_cache.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

namespace frontdesk::accounts {
namespace {

using namespace std::chrono_literals;

AccessClaims claims_of(const UserId& user) {
  return {.user = user, .session = {}, .token = {}, .issued_at = {}, .expires_at = {}};
}

TEST(TokenCache, finds_exactly_what_was_stored) {
  TokenCache cache;
  const auto user = UserId::generate();
  EXPECT_FALSE(cache.find("header.payload.signature"));
  EXPECT_FALSE(cache.find(""));
  cache.store("header.payload.signature", claims_of(user));
  EXPECT_EQ(cache.find("header.payload.signature")->user, user);
  for (const char* other : {"", "header.payload.signaturf", "header.payload.signatur",
                            "header.payload.signature=", "header.payload.signature "}) {
    EXPECT_FALSE(cache.find(other)) << other;
  }
}

TEST(TokenCache, a_token_takes_the_place_of_another) {
  TokenCache cache(1);
  std::vector<std::string> tokens;
  for (int i = 0; i < 1000; ++i) {
    tokens.push_back("token " + std::to_string(i));
    cache.store(tokens.back(), claims_of(UserId::generate()));
    EXPECT_TRUE(cache.find(tokens.back()));
  }
  int kept = 0;
  for (const auto& token : tokens) kept += cache.find(token) ? 1 : 0;
  EXPECT_LE(kept, 64);
}

TEST(TokenCache, R11_a_token_that_is_kept_still_ages) {
  const Instant now{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}};
  auto claims = claims_of(UserId::generate());
  claims.issued_at = now;
  claims.expires_at = now + 1h;
  EXPECT_TRUE(AccessTokens::is_current(claims, now - 30s));
  EXPECT_FALSE(AccessTokens::is_current(claims, now - 31s));
  EXPECT_TRUE(AccessTokens::is_current(claims, now + 1h + 29s));
  EXPECT_FALSE(AccessTokens::is_current(claims, now + 1h + 30s));
}

TEST(TokenCache, serves_several_threads) {
  TokenCache cache(64);
  std::atomic<int> wrong = 0;
  std::vector<UserId> users;
  for (int i = 0; i < 100; ++i) users.push_back(UserId::generate());
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (std::size_t i = 0; i < 2000; ++i) {
        const auto& user = users[i % users.size()];
        cache.store(user.to_string(), claims_of(user));
        const auto found = cache.find(user.to_string());
        if (found && found->user != user) ++wrong;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace frontdesk::accounts

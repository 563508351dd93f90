#include "accounts/session_cache.hpp"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

namespace frontdesk::accounts {
namespace {

using namespace std::chrono_literals;
using State = SessionCache::Answer::State;

const SessionCache::Clock::time_point start{1h};

LiveSession session_of(UserId user) {
  LiveSession session{.user = user};
  session.permissions.insert(Permission::audit_read);
  return session;
}

TEST(SessionCache, R12_an_answer_is_good_for_four_seconds_from_the_question) {
  SessionCache cache;
  const auto id = SessionId::generate();
  const auto user = UserId::generate();
  EXPECT_EQ(cache.find(id, start).state, State::unknown);
  cache.store(id, session_of(user), start);
  const auto answer = cache.find(id, start + 3999ms);
  EXPECT_EQ(answer.state, State::alive);
  EXPECT_EQ(answer.session.user, user);
  EXPECT_TRUE(answer.session.permissions.contains(Permission::audit_read));
  EXPECT_EQ(cache.find(id, start + 4s).state, State::unknown);
}

TEST(SessionCache, R12_an_ended_session_is_ended_at_once) {
  SessionCache cache;
  const auto id = SessionId::generate();
  cache.store(id, session_of(UserId::generate()), start);
  cache.end(id, start + 1s);
  EXPECT_EQ(cache.find(id, start + 1s).state, State::ended);
}

TEST(SessionCache, R12_a_late_answer_does_not_bring_a_session_back) {
  SessionCache cache;
  const auto id = SessionId::generate();
  cache.end(id, start + 1s);
  cache.store(id, session_of(UserId::generate()), start);  // asked before it ended
  EXPECT_EQ(cache.find(id, start + 2s).state, State::ended);
  EXPECT_EQ(cache.find(id, start + 12s).state, State::ended);
}

TEST(SessionCache, keeps_to_its_bound_and_to_ended_sessions) {
  SessionCache cache(64 * 4);
  std::vector<SessionId> ended;
  for (int i = 0; i < 64; ++i) {
    ended.push_back(SessionId::generate());
    ended.back().bytes[15] = static_cast<std::uint8_t>(i);
    cache.end(ended.back(), start);
  }
  for (int i = 0; i < 5000; ++i) {
    cache.store(SessionId::generate(), session_of(UserId::generate()), start);
  }
  EXPECT_LE(cache.size(), 64U * 4);
  for (const auto& id : ended) EXPECT_EQ(cache.find(id, start).state, State::ended);
}

TEST(SessionCache, what_has_aged_makes_room) {
  SessionCache cache(64);
  const auto first = SessionId::generate();
  auto second = SessionId::generate();
  second.bytes[15] = first.bytes[15];
  cache.end(first, start);
  cache.store(second, session_of(UserId::generate()), start + 15s);
  EXPECT_EQ(cache.find(second, start + 15s).state, State::alive);
  EXPECT_EQ(cache.size(), 1U);
}

TEST(SessionCache, serves_several_threads) {
  SessionCache cache(128);
  std::vector<SessionId> ids;
  for (int i = 0; i < 256; ++i) ids.push_back(SessionId::generate());
  std::atomic<int> wrong = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (std::size_t i = 0; i < 2000; ++i) {
        const auto& id = ids[(i * 7 + static_cast<std::size_t>(t)) % ids.size()];
        if (t == 0) cache.end(id, start);
        if (t != 0) cache.store(id, session_of(UserId(id)), start);
        const auto answer = cache.find(id, start);
        if (answer.state == State::alive && answer.session.user != UserId(id)) ++wrong;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace frontdesk::accounts

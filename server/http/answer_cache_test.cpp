#include "http/answer_cache.hpp"

#include <string>

#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

std::shared_ptr<const StaticContent> content(std::string body) {
  return make_static_content(std::move(body), "application/json");
}

TEST(AnswerCache, serves_what_was_stored_under_the_same_key) {
  AnswerCache cache;
  EXPECT_EQ(cache.find("a"), nullptr);
  const auto stored = content("1");
  cache.store("a", stored, cache.generation());
  EXPECT_EQ(cache.find("a"), stored);
  EXPECT_EQ(cache.find("b"), nullptr);
  const auto newer = content("2");
  cache.store("a", newer, cache.generation());
  EXPECT_EQ(cache.find("a"), newer);
  EXPECT_EQ(cache.size(), 1u);
}

TEST(AnswerCache, lets_go_of_everything_when_something_has_changed) {
  AnswerCache cache;
  cache.store("a", content("1"), cache.generation());
  cache.store("b", content("2"), cache.generation());
  cache.clear();
  EXPECT_EQ(cache.find("a"), nullptr);
  EXPECT_EQ(cache.size(), 0u);
}

TEST(AnswerCache, I7_drops_an_answer_that_was_read_before_a_change) {
  AnswerCache cache;
  const auto before = cache.generation();
  cache.clear();
  cache.store("a", content("old"), before);
  EXPECT_EQ(cache.find("a"), nullptr);
  cache.store("a", content("new"), cache.generation());
  EXPECT_EQ(cache.find("a")->body, "new");
}

TEST(AnswerCache, keeps_no_more_answers_than_it_may) {
  AnswerCache cache(10);
  for (int i = 0; i < 100; ++i) {
    cache.store(std::to_string(i), content("x"), cache.generation());
    EXPECT_LE(cache.size(), 10u);
    EXPECT_NE(cache.find(std::to_string(i)), nullptr) << "the newest is there";
  }
}

TEST(AnswerCache, keeps_no_more_bytes_than_it_may) {
  AnswerCache cache(1000, 100'000);
  std::string body;
  for (std::size_t i = 0; i < 30'000; ++i) body.push_back(static_cast<char>('a' + i * i % 23));
  for (int i = 0; i < 10; ++i) {
    cache.store(std::to_string(i), content(body), cache.generation());
    EXPECT_LE(cache.size(), 3u);
  }
  EXPECT_GE(cache.size(), 1u);
  cache.clear();
  cache.store("too large", content(std::string(100'001, 'x')), cache.generation());
  EXPECT_EQ(cache.size(), 0u);
}

}  // namespace
}  // namespace frontdesk::http

#include "http/edition_cache.hpp"

#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

using namespace std::chrono_literals;

constexpr Instant now{1'000s};

std::shared_ptr<const StaticContent> content(std::string body) {
  return make_static_content(std::move(body), "application/json");
}

TEST(EditionCache, an_answer_is_found_for_its_edition_alone) {
  EditionCache cache;
  cache.store("a", 7, now + 1s, content("x"));
  ASSERT_TRUE(cache.find("a", 7, now));
  EXPECT_EQ(cache.find("a", 7, now)->body, "x");
  EXPECT_FALSE(cache.find("a", 8, now));
  EXPECT_FALSE(cache.find("b", 7, now));
}

TEST(EditionCache, an_answer_holds_before_its_moment) {
  EditionCache cache;
  cache.store("a", 7, now, content("x"));
  EXPECT_TRUE(cache.find("a", 7, now - 1us));
  EXPECT_FALSE(cache.find("a", 7, now));
}

TEST(EditionCache, a_new_edition_takes_the_place_of_the_old_one) {
  EditionCache cache;
  cache.store("a", 7, now + 1s, content("x"));
  cache.store("a", 8, now + 1s, content("y"));
  EXPECT_EQ(cache.size(), 1U);
  EXPECT_FALSE(cache.find("a", 7, now));
  EXPECT_EQ(cache.find("a", 8, now)->body, "y");
}

TEST(EditionCache, the_bounds_hold) {
  EditionCache few(2);
  for (const auto* key : {"a", "b", "c"}) few.store(key, 1, now + 1s, content("x"));
  EXPECT_EQ(few.size(), 1U);
  EXPECT_TRUE(few.find("c", 1, now));

  EditionCache small(1'000, 3'000);
  small.store("large", 1, now + 1s, content(std::string(3'000, 'x')));
  EXPECT_EQ(small.size(), 0U);
  for (const auto* key : {"a", "b", "a", "b", "a"}) {
    small.store(key, 1, now + 1s, content(std::string(900, 'x')));
  }
  EXPECT_EQ(small.size(), 2U);
  small.store("c", 1, now + 1s, content(std::string(900, 'x')));
  EXPECT_LE(small.size(), 2U);
  EXPECT_TRUE(small.find("c", 1, now));
}

}  // namespace
}  // namespace frontdesk::http

// Rate limits, client addresses and request ids as the pipeline applies them.
#include "http/pipeline_harness.hpp"

#include <gmock/gmock.h>

namespace frontdesk::http::test {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

TEST_F(PipelineTest, R20_every_counted_answer_says_what_is_left) {
  const Answer answer = get("/public");
  EXPECT_EQ(answer.header("RateLimit-Policy"), "\"default\";q=10;w=900");
  EXPECT_EQ(answer.header("RateLimit"), "\"default\";r=9;t=900");
  EXPECT_EQ(get("/public").header("RateLimit"), "\"default\";r=8;t=900");
}

TEST_F(PipelineTest, R20_an_address_that_is_over_its_limit_gets_429) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(get("/public").status, 200u);
  now_ += 100s;
  const Answer answer = get("/public");
  EXPECT_EQ(answer.status, 429u);
  EXPECT_EQ(answer.code(), "rate_limited");
  EXPECT_EQ(answer.header("Retry-After"), "800");
  EXPECT_EQ(answer.header("RateLimit"), "\"default\";r=0;t=800");
  EXPECT_THAT(answer.body, HasSubstr(R"("details":{"retry_after":800})"));
  peer_ = "192.0.2.2";
  EXPECT_EQ(get("/public").status, 200u) << "another address";
  peer_ = "192.0.2.1";
  now_ += 800s;
  EXPECT_EQ(get("/public").status, 200u) << "the window has ended";
}

TEST_F(PipelineTest, R20_who_is_logged_in_has_an_allowance_of_their_own) {
  for (int i = 0; i < 20; ++i) {
    const Answer answer = get("/me", token("customer"));
    EXPECT_EQ(answer.status, 200u);
    EXPECT_THAT(answer.header("RateLimit"), HasSubstr("\"user\";r=" + std::to_string(19 - i)));
    peer_ = "192.0.2." + std::to_string(i + 2);
  }
  EXPECT_EQ(get("/me", token("customer")).status, 429u);
  EXPECT_EQ(get("/me", token("admin")).status, 200u);
  EXPECT_EQ(get("/public").status, 200u);
}

TEST_F(PipelineTest, R20_login_and_codes_have_stricter_ones_per_address) {
  for (int i = 0; i < 3; ++i) EXPECT_EQ(post("/login", "{}").status, 201u);
  const Answer answer = post("/login", "{}");
  EXPECT_EQ(answer.status, 429u);
  EXPECT_EQ(answer.header("RateLimit-Policy"), "\"login\";q=3;w=60");
  EXPECT_EQ(post("/login", "{}", token("customer")).status, 429u) << "logged in or not";
  EXPECT_EQ(post("/code", "{}").status, 201u);
  EXPECT_EQ(post("/code", "{}").status, 201u);
  EXPECT_EQ(post("/code", "{}").status, 429u);
}

TEST_F(PipelineTest, R20_bad_tokens_cost_the_address_before_the_body_is_read) {
  for (int i = 0; i < 10; ++i) EXPECT_EQ(get("/me", token("guess")).status, 401u);
  const Answer answer = get("/me", token("guess"));
  EXPECT_EQ(answer.status, 429u);
  EXPECT_FALSE(answer.admitted);
  EXPECT_EQ(get("/public").status, 429u);
  EXPECT_EQ(get("/me", token("customer")).status, 200u) << "a good token still works";
}

TEST_F(PipelineTest, R20_asking_for_what_is_not_there_is_counted) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(get("/nowhere").status, 404u);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(send("PUT", "/items").status, 405u);
  EXPECT_EQ(get("/nowhere").status, 429u);
  EXPECT_EQ(get("/public").status, 429u);
}

TEST_F(PipelineTest, R20_files_and_preflights_are_not_counted) {
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(get("/page").status, 200u);
    EXPECT_EQ(send("OPTIONS", "/items").status, 204u);
  }
  EXPECT_FALSE(get("/page").has("RateLimit"));
  EXPECT_EQ(get("/public").header("RateLimit"), "\"default\";r=9;t=900");
}

TEST_F(PipelineTest, R21_forwarded_addresses_count_from_proxies_only) {
  EXPECT_THAT(get("/public", {{"x-forwarded-for", "198.51.100.1"}}).body,
              HasSubstr(R"("address":"192.0.2.1")"));
  peer_ = "10.1.2.3";
  EXPECT_THAT(get("/public", {{"x-forwarded-for", "1.1.1.1, 198.51.100.1"}}).body,
              HasSubstr(R"("address":"198.51.100.1")"));
  EXPECT_THAT(
      get("/public", {{"x-forwarded-for", "198.51.100.1"}, {"x-forwarded-for", "10.1.1.1"}}).body,
      HasSubstr(R"("address":"198.51.100.1")"));
}

TEST_F(PipelineTest, R21_clients_behind_a_proxy_are_limited_one_by_one) {
  peer_ = "10.1.2.3";
  for (int i = 0; i < 10; ++i) get("/public", {{"x-forwarded-for", "198.51.100.1"}});
  EXPECT_EQ(get("/public", {{"x-forwarded-for", "198.51.100.1"}}).status, 429u);
  EXPECT_EQ(get("/public", {{"x-forwarded-for", "198.51.100.2"}}).status, 200u);
}

TEST_F(PipelineTest, R35_every_answer_has_an_id_of_its_own) {
  const std::string id = get("/public").header("X-Request-Id");
  EXPECT_TRUE(Uuid::parse(id)) << id;
  EXPECT_NE(get("/public").header("X-Request-Id"), id);
  EXPECT_THAT(get("/public", {{"x-request-id", "mine"}}).header("X-Request-Id"),
              MatchesRegex("[0-9a-f-]{36}"));
}

TEST_F(PipelineTest, a_proxys_request_id_is_taken_over_where_it_is_harmless) {
  peer_ = "10.1.2.3";
  const Answer answer = get("/public", {{"x-request-id", "edge-42_A"}});
  EXPECT_EQ(answer.header("X-Request-Id"), "edge-42_A");
  EXPECT_THAT(answer.body, HasSubstr(R"("request_id":"edge-42_A")"));
  for (const std::string& id : {std::string("a b"), std::string("a\"b"), std::string(65, 'a'),
                                std::string(), std::string("\xc3\xa4")}) {
    now_ += 1h;
    EXPECT_THAT(get("/public", {{"x-request-id", id}}).header("X-Request-Id"),
                MatchesRegex("[0-9a-f-]{36}"));
  }
}

}  // namespace
}  // namespace frontdesk::http::test

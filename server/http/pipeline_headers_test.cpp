// What every answer carries: security, caching, CORS.
#include "http/pipeline_harness.hpp"

#include <gmock/gmock.h>

namespace frontdesk::http::test {
namespace {

using testing::HasSubstr;

const std::string default_policy =
    "default-src 'self';base-uri 'self';font-src 'self' https: data:;form-action 'self';"
    "frame-ancestors 'self';img-src 'self' data:;object-src 'none';script-src 'self';"
    "script-src-attr 'none';style-src 'self' https: 'unsafe-inline';upgrade-insecure-requests";

/// R35, word for word.
const std::multimap<std::string, std::string> security{
    {"Content-Security-Policy", default_policy},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Origin-Agent-Cluster", "?1"},
    {"Referrer-Policy", "no-referrer"},
    {"Strict-Transport-Security", "max-age=31536000; includeSubDomains"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-DNS-Prefetch-Control", "off"},
    {"X-Download-Options", "noopen"},
    {"X-Frame-Options", "SAMEORIGIN"},
    {"X-Permitted-Cross-Domain-Policies", "none"},
    {"X-XSS-Protection", "0"},
};

/// The headers of an answer without those of R35, which it must have exactly once.
std::multimap<std::string, std::string> beside_security(const Answer& answer) {
  auto rest = answer.headers;
  for (const auto& [name, value] : security) {
    EXPECT_EQ(rest.count(name), 1u) << name;
    EXPECT_EQ(answer.header(name), value);
    rest.erase(name);
  }
  rest.erase("X-Request-Id");
  return rest;
}

using Expected = std::multimap<std::string, std::string>;

TEST_F(PipelineTest, R35_the_exact_headers_of_a_success) {
  EXPECT_EQ(beside_security(get("/public")),
            (Expected{{"Cache-Control", "no-store"},
                      {"Content-Type", "application/json"},
                      {"RateLimit", "\"default\";r=9;t=900"},
                      {"RateLimit-Policy", "\"default\";q=10;w=900"},
                      {"Vary", "Origin"}}));
}

TEST_F(PipelineTest, R35_the_exact_headers_of_errors) {
  const Expected plain{
      {"Cache-Control", "no-store"}, {"Content-Type", "application/json"}, {"Vary", "Origin"}};
  const auto without_rate = [&](const Answer& answer) {
    auto rest = beside_security(answer);
    rest.erase("RateLimit");
    rest.erase("RateLimit-Policy");
    return rest;
  };
  EXPECT_EQ(without_rate(get("/nowhere")), plain);
  EXPECT_EQ(without_rate(get("/boom")), plain);
  EXPECT_EQ(without_rate(post("/items", "{")), plain);
  Expected with_login = plain;
  with_login.emplace("WWW-Authenticate", "Bearer");
  EXPECT_EQ(without_rate(get("/me")), with_login);
}

TEST_F(PipelineTest, R35_the_exact_headers_of_a_refused_head) {
  const Answer answer =
      take_apart(pipeline_.reject(
                     {.kind = ErrorKind::malformed, .code = "malformed_request", .message = "No."},
                     "192.0.2.1"),
                 false);
  EXPECT_EQ(answer.status, 400u);
  EXPECT_EQ(answer.code(), "malformed_request");
  EXPECT_TRUE(answer.has("X-Request-Id"));
  EXPECT_EQ(beside_security(answer), (Expected{{"Cache-Control", "no-store"},
                                               {"Content-Type", "application/json"},
                                               {"Vary", "Origin"}}));
}

TEST_F(PipelineTest, R35_nothing_names_the_software) {
  for (const auto& [name, value] : get("/public").headers) {
    EXPECT_NE(name, "Server");
    EXPECT_NE(name, "X-Powered-By");
  }
}

TEST_F(PipelineTest, R35_a_page_brings_its_own_policy) {
  const Answer answer = get("/page");
  EXPECT_EQ(answer.headers.count("Content-Security-Policy"), 1u);
  EXPECT_EQ(answer.header("Content-Security-Policy"), "default-src 'none'");
  EXPECT_EQ(answer.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(answer.header("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff");
}

TEST_F(PipelineTest, a_handlers_own_headers_replace_the_usual_ones) {
  const Answer answer = get("/own");
  for (const auto* name : {"Content-Security-Policy", "Cache-Control", "ETag"}) {
    EXPECT_EQ(answer.headers.count(name), 1u) << name;
  }
  EXPECT_EQ(answer.header("Content-Security-Policy"), "sandbox");
  EXPECT_EQ(answer.header("Cache-Control"), "private");
  EXPECT_EQ(get("/own", {{"if-none-match", "W/\"own\""}}).status, 304u);
}

TEST_F(PipelineTest, R35_public_reading_has_a_tag_and_may_be_kept) {
  const Answer catalogue = get("/catalogue");
  EXPECT_EQ(catalogue.header("Cache-Control"), "public, max-age=30");
  EXPECT_EQ(catalogue.header("Vary"), "Accept-Encoding, Origin");
  EXPECT_TRUE(catalogue.header("ETag").starts_with("W/\""));
  EXPECT_EQ(get("/availability").header("Cache-Control"), "no-cache");
  EXPECT_TRUE(get("/availability").has("ETag"));
  EXPECT_FALSE(get("/public").has("ETag"));
}

TEST_F(PipelineTest, R35_an_unchanged_answer_is_304) {
  for (const auto* path : {"/catalogue", "/availability", "/page"}) {
    const Answer first = get(path);
    const Answer again = get(path, {{"if-none-match", "\"x\", " + first.header("ETag")}});
    EXPECT_EQ(again.status, 304u) << path;
    EXPECT_TRUE(again.head_only);
    EXPECT_EQ(again.header("ETag"), first.header("ETag"));
    EXPECT_EQ(again.header("Cache-Control"), first.header("Cache-Control"));
    EXPECT_EQ(again.header("Vary"), first.header("Vary"));
    EXPECT_FALSE(again.has("Content-Type"));
    EXPECT_EQ(get(path, {{"if-none-match", "\"x\""}}).status, 200u);
    EXPECT_EQ(send("HEAD", path, {{"if-none-match", "*"}}).status, 304u);
  }
}

TEST_F(PipelineTest, R35_what_somebody_sees_who_is_logged_in_stays_with_them) {
  const Answer answer =
      get("/catalogue", {{"authorization", "Bearer customer"}, {"accept-encoding", "gzip"}});
  EXPECT_EQ(answer.header("Cache-Control"), "private, no-cache");
  EXPECT_FALSE(answer.has("Content-Encoding"));
  EXPECT_TRUE(answer.has("ETag"));
  EXPECT_EQ(get("/me", token("customer")).header("Cache-Control"), "no-store");
}

TEST_F(PipelineTest, R35_files_and_public_lists_are_compressed_and_nothing_else) {
  const Headers gzip{{"accept-encoding", "gzip"}};
  const Answer list = get("/catalogue", gzip);
  EXPECT_EQ(list.header("Content-Encoding"), "gzip");
  EXPECT_LT(list.body.size(), 200u);
  EXPECT_EQ(get("/page", gzip).header("Content-Encoding"), "gzip");
  EXPECT_FALSE(get("/availability", gzip).has("Content-Encoding"));
  EXPECT_FALSE(get("/public", gzip).has("Content-Encoding"));
  EXPECT_FALSE(get("/catalogue").has("Content-Encoding"));
  EXPECT_FALSE(get("/nowhere", gzip).has("Content-Encoding"));
}

TEST_F(PipelineTest, R36_an_allowed_origin_is_named_and_no_other) {
  const Answer allowed = get("/public", {{"origin", "https://book.example.org"}});
  EXPECT_EQ(allowed.header("Access-Control-Allow-Origin"), "https://book.example.org");
  EXPECT_EQ(allowed.header("Access-Control-Allow-Credentials"), "true");
  EXPECT_EQ(allowed.header("Vary"), "Origin");
  for (const auto* origin : {"https://evil.example", "null", "*"}) {
    const Answer refused = get("/public", {{"origin", origin}});
    EXPECT_FALSE(refused.has("Access-Control-Allow-Origin")) << origin;
    EXPECT_EQ(refused.header("Vary"), "Origin");
  }
}

TEST_F(PipelineTest, R36_errors_can_be_read_by_an_allowed_origin) {
  const Answer answer = get("/me", {{"origin", "https://book.example.org"}});
  EXPECT_EQ(answer.status, 401u);
  EXPECT_TRUE(answer.has("Access-Control-Allow-Origin"));
}

TEST_F(PipelineTest, R36_a_preflight_names_methods_and_headers) {
  const Answer answer = send("OPTIONS", "/items",
                             {{"origin", "https://book.example.org"},
                              {"access-control-request-method", "POST"},
                              {"access-control-request-headers", "authorization"}});
  EXPECT_EQ(answer.status, 204u);
  EXPECT_EQ(answer.header("Access-Control-Allow-Origin"), "https://book.example.org");
  EXPECT_EQ(answer.header("Access-Control-Allow-Methods"), "POST, OPTIONS");
  EXPECT_THAT(answer.header("Access-Control-Allow-Headers"), HasSubstr("Idempotency-Key"));
  EXPECT_EQ(answer.header("Access-Control-Max-Age"), "600");
  EXPECT_FALSE(send("OPTIONS", "/items", {{"origin", "https://evil.example"}})
                   .has("Access-Control-Allow-Methods"));
}

}  // namespace
}  // namespace frontdesk::http::test

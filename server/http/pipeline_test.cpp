// Who may ask for what: the judgement on the head of a request.
#include "http/pipeline_harness.hpp"

#include <gmock/gmock.h>

namespace frontdesk::http::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST_F(PipelineTest, answers_a_public_route) {
  const Answer answer = get("/public");
  EXPECT_EQ(answer.status, 200u);
  EXPECT_THAT(answer.body, HasSubstr(R"("user":null,"address":"192.0.2.1")"));
  EXPECT_EQ(answer.header("Content-Type"), "application/json");
}

TEST_F(PipelineTest, nowhere_is_404) {
  EXPECT_EQ(get("/nowhere").status, 404u);
  EXPECT_EQ(get("/nowhere").code(), "not_found");
  EXPECT_EQ(get("/items/7").status, 404u);
  EXPECT_EQ(get("*").status, 404u);
}

TEST_F(PipelineTest, bad_encoding_is_400) {
  for (const auto* target : {"/public%zz", "/public?a=%zz", "/public?a=%00", "/public?%ff=1"}) {
    EXPECT_EQ(get(target).status, 400u) << target;
    EXPECT_EQ(get(target).code(), "malformed_request");
    now_ += 1h;
  }
}

TEST_F(PipelineTest, another_method_is_405_with_allow) {
  const Answer answer = send("DELETE", "/items");
  EXPECT_EQ(answer.status, 405u);
  EXPECT_EQ(answer.code(), "method_not_allowed");
  EXPECT_EQ(answer.header("Allow"), "POST, OPTIONS");
}

TEST_F(PipelineTest, an_unknown_method_is_501) {
  for (const auto* method : {"BREW", "get", "TRACE", "PROPFIND"}) {
    EXPECT_EQ(send(method, "/public").status, 501u) << method;
  }
  EXPECT_EQ(send("BREW", "/public").code(), "not_implemented");
}

TEST_F(PipelineTest, options_is_204_with_allow) {
  const Answer answer = send("OPTIONS", "/me");
  EXPECT_EQ(answer.status, 204u);
  EXPECT_EQ(answer.header("Allow"), "GET, HEAD, OPTIONS");
  EXPECT_FALSE(answer.has("Access-Control-Allow-Methods"));
  EXPECT_FALSE(answer.has("Content-Type"));
  EXPECT_EQ(send("OPTIONS", "/nowhere").status, 404u);
}

TEST_F(PipelineTest, head_has_the_headers_of_get_and_no_body) {
  const Answer answer = send("HEAD", "/public");
  EXPECT_EQ(answer.status, 200u);
  EXPECT_TRUE(answer.head_only);
  EXPECT_EQ(answer.body.size(), get("/public").body.size()) << "for Content-Length";
}

TEST_F(PipelineTest, R15_a_route_behind_a_login_is_401_without_a_token) {
  const Answer answer = get("/me");
  EXPECT_EQ(answer.status, 401u);
  EXPECT_EQ(answer.code(), "unauthenticated");
  EXPECT_EQ(answer.header("WWW-Authenticate"), "Bearer");
}

TEST_F(PipelineTest, R10_the_caller_is_whom_the_token_names) {
  const Answer answer = get("/me", {{"authorization", "Bearer customer"},
                                    {"x-user-id", admin_id.to_string()},
                                    {"x-forwarded-for", "198.51.100.7"}});
  EXPECT_EQ(answer.status, 200u);
  EXPECT_THAT(answer.body, HasSubstr(customer_id.to_string()));
  EXPECT_THAT(answer.body, HasSubstr("192.0.2.1"));
}

TEST_F(PipelineTest, a_bad_token_is_401_on_public_routes_too) {
  for (const auto* path : {"/me", "/public", "/admin"}) {
    for (const auto* value : {"Bearer stolen", "Basic YTpi", "Bearer", "customer"}) {
      const Answer answer = get(path, {{"authorization", value}});
      EXPECT_EQ(answer.status, 401u) << path << " " << value;
      EXPECT_EQ(answer.header("WWW-Authenticate"), "Bearer error=\"invalid_token\"");
      EXPECT_FALSE(answer.admitted);
      now_ += 1h;
    }
  }
}

TEST_F(PipelineTest, two_authorization_fields_are_401) {
  EXPECT_EQ(
      get("/me", {{"authorization", "Bearer customer"}, {"authorization", "Bearer admin"}}).status,
      401u);
  EXPECT_EQ(authenticator_.calls, 0);
}

TEST_F(PipelineTest, R15_a_permission_is_checked_before_the_handler_runs) {
  EXPECT_EQ(get("/admin").status, 401u);
  const Answer refused = get("/admin", token("customer"));
  EXPECT_EQ(refused.status, 403u);
  EXPECT_EQ(refused.code(), "forbidden");
  EXPECT_FALSE(refused.admitted);
  EXPECT_EQ(get("/admin", token("admin")).status, 200u);
}

TEST_F(PipelineTest, R73_a_denial_is_noted) {
  get("/admin", token("customer"));
  get("/admin");
  get("/admin", token("admin"));
  EXPECT_THAT(authenticator_.denials, ElementsAre(customer_id.to_string() + " admin"));
}

TEST_F(PipelineTest, R12_a_token_that_cannot_be_checked_lets_nobody_in) {
  for (const auto* path : {"/me", "/public"}) {
    const Answer answer = get(path, token("outage"));
    EXPECT_EQ(answer.status, 503u);
    EXPECT_EQ(answer.code(), "unavailable");
    EXPECT_EQ(answer.header("Retry-After"), "1");
    EXPECT_FALSE(answer.admitted);
  }
}

TEST_F(PipelineTest, files_ask_nobody_for_a_token) {
  EXPECT_EQ(get("/page", token("stolen")).status, 200u);
  EXPECT_EQ(authenticator_.calls, 0);
}

TEST_F(PipelineTest, R30_a_body_is_json_and_the_handler_sees_it) {
  EXPECT_EQ(post("/items", R"({"a":1})").status, 201u);
  EXPECT_EQ(post("/items", R"({"a":1})").body, R"({"success":true,"data":"{\"a\":1}"})");
  EXPECT_EQ(send("POST", "/items").status, 201u) << "no body is no mistake here";
}

TEST_F(PipelineTest, R30_the_wrong_media_type_is_415_before_the_body_is_read) {
  const Answer answer = send("POST", "/items", {{"content-type", "text/plain"}}, "{}");
  EXPECT_EQ(answer.status, 415u);
  EXPECT_FALSE(answer.admitted);
  EXPECT_EQ(post("/items", "{}", {{"content-encoding", "gzip"}}).status, 415u);
  EXPECT_EQ(send("POST", "/items", {}, "{}").status, 415u);
}

TEST_F(PipelineTest, R30_a_long_body_is_413_before_it_is_read) {
  const Answer answer =
      send("POST", "/items", {{"content-type", "application/json"}, {"content-length", "102401"}});
  EXPECT_EQ(answer.status, 413u);
  EXPECT_FALSE(answer.admitted);
}

TEST_F(PipelineTest, R30_bad_json_is_400) {
  for (const auto* body : {"{", R"({"a":1,"a":2})", "{} x", "\"\\u0000\"", "1e999"}) {
    const Answer answer = post("/items", body);
    EXPECT_EQ(answer.status, 400u) << body;
    EXPECT_EQ(answer.code(), "malformed_json");
    EXPECT_TRUE(answer.admitted);
  }
}

TEST_F(PipelineTest, R31_a_caller_without_permission_learns_nothing_about_the_body) {
  EXPECT_EQ(send("GET", "/admin", {{"content-type", "text/plain"}}, "x").status, 401u);
}

TEST_F(PipelineTest, routes_can_be_held_against_the_contract) {
  EXPECT_EQ(pipeline_.routes().size(), routes().size());
}

}  // namespace
}  // namespace frontdesk::http::test

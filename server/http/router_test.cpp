#include "http/router.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

Route route(Method method, std::string_view pattern) {
  return {.method = method,
          .pattern = pattern,
          .operation = pattern,
          .access = Access::anyone(),
          .ownership = Ownership::none,
          .handler = [](const Request&) -> Task<Response> { co_return no_content(); }};
}

constexpr std::string_view id_text = "0190b1a2-0000-7000-8000-000000000001";

class RouterTest : public testing::Test {
 protected:
  Router router_{{route(Method::get, "/"), route(Method::get, "/healthz"),
                  route(Method::get, "/api/v1/appointments"),
                  route(Method::post, "/api/v1/appointments"),
                  route(Method::get, "/api/v1/appointments/{id}"),
                  route(Method::patch, "/api/v1/appointments/{id}"),
                  route(Method::get, "/api/v1/appointments/stream"),
                  route(Method::post, "/api/v1/appointments/{id}/cancel"),
                  route(Method::delete_, "/api/v1/staff/{id}/time-off/{entry_id}"),
                  route(Method::put, "/api/v1/staff/{id}/overrides/{date}"),
                  route(Method::get, "/api/v1/closures/{date}")}};

  std::string pattern(Method method, std::string_view path) const {
    const auto match = router_.find(method, path);
    if (!match) return match.error().error.code;
    return match->route == nullptr ? "options" : std::string(match->route->pattern);
  }
  std::string get(std::string_view path) const { return pattern(Method::get, path); }
};

TEST_F(RouterTest, finds_literal_paths) {
  EXPECT_EQ(get("/"), "/");
  EXPECT_EQ(get("/healthz"), "/healthz");
  EXPECT_EQ(get("/api/v1/appointments"), "/api/v1/appointments");
}

TEST_F(RouterTest, tells_methods_apart) {
  EXPECT_EQ(router_.find(Method::get, "/api/v1/appointments")->route->method, Method::get);
  EXPECT_EQ(router_.find(Method::post, "/api/v1/appointments")->route->method, Method::post);
}

TEST_F(RouterTest, reads_parameters_by_name) {
  const auto match = router_.find(Method::delete_,
                                  "/api/v1/staff/0190b1a2-0000-7000-8000-000000000001/time-off/"
                                  "0190B1A2-0000-7000-8000-00000000000F");
  ASSERT_TRUE(match);
  ASSERT_EQ(match->parameters.count, 2u);
  EXPECT_EQ(match->parameters.values[0].first, "id");
  EXPECT_EQ(match->parameters.values[0].second, PathParameters::Value(*Uuid::parse(id_text)));
  EXPECT_EQ(match->parameters.values[1].first, "entry_id");
  EXPECT_EQ(std::get<Uuid>(match->parameters.values[1].second).bytes[15], 0x0f);
}

TEST_F(RouterTest, a_parameter_called_date_is_a_day) {
  const auto match =
      router_.find(Method::put, "/api/v1/staff/" + std::string(id_text) + "/overrides/2028-02-29");
  ASSERT_TRUE(match);
  EXPECT_EQ(match->parameters.values[0].second, PathParameters::Value(*Uuid::parse(id_text)));
  EXPECT_EQ(match->parameters.values[1].first, "date");
  EXPECT_EQ(match->parameters.values[1].second,
            PathParameters::Value(LocalDate{std::chrono::year{2028} / 2 / 29}));
  EXPECT_EQ(get("/api/v1/closures/2026%2D12-25"), "/api/v1/closures/{date}");
}

TEST_F(RouterTest, R31_a_day_that_does_not_exist_is_404) {
  for (const auto* date : {"2026-02-29", "2026-13-01", "1999-12-31", "2101-01-01", "26-12-25",
                           "2026-12-25 ", "2026-12-25T00:00:00Z", "today", "%00", ""}) {
    EXPECT_EQ(get("/api/v1/closures/" + std::string(date)), "not_found") << date;
  }
  EXPECT_EQ(get("/api/v1/closures/" + std::string(id_text)), "not_found");
  EXPECT_EQ(get("/api/v1/appointments/2026-12-25"), "not_found");
}

TEST_F(RouterTest, a_literal_comes_before_a_parameter) {
  EXPECT_EQ(get("/api/v1/appointments/stream"), "/api/v1/appointments/stream");
}

TEST_F(RouterTest, R31_a_malformed_id_is_404) {
  for (const auto* id : {"7", "x", "0190b1a2-0000-7000-8000-00000000000", "%00", "%ff", "a%2Fb",
                         "0190b1a200007000800000000000000100000", "..", "."}) {
    EXPECT_EQ(get("/api/v1/appointments/" + std::string(id)), "not_found") << id;
  }
}

TEST_F(RouterTest, decodes_each_segment_once) {
  EXPECT_EQ(get("/%68ealthz"), "/healthz");
  EXPECT_EQ(get("/%2568ealthz"), "not_found");
  EXPECT_EQ(get("/api/v1/appointments/0190b1a2%2D0000-7000-8000-000000000001"),
            "/api/v1/appointments/{id}");
}

TEST_F(RouterTest, an_encoded_slash_is_data) {
  EXPECT_EQ(get("/api%2Fv1/appointments"), "not_found");
  EXPECT_EQ(get("%2Fhealthz"), "not_found");
}

TEST_F(RouterTest, dot_segments_and_extra_slashes_are_other_paths) {
  for (const auto* path : {"/./healthz", "/x/../healthz", "/%2e/healthz", "//healthz", "/healthz/",
                           "/api/v1//appointments", "", "healthz", "*", "/api", "/HEALTHZ"}) {
    EXPECT_EQ(get(path), "not_found") << path;
  }
}

TEST_F(RouterTest, a_bad_escape_is_400) {
  for (const auto* path : {"/%", "/%4", "/healthz%zz", "/api/v1/appointments/%g0", "/api/%"}) {
    EXPECT_EQ(get(path), "malformed_request") << path;
  }
}

TEST_F(RouterTest, head_is_answered_where_get_is) {
  EXPECT_EQ(pattern(Method::head, "/healthz"), "/healthz");
  EXPECT_EQ(pattern(Method::head, "/api/v1/appointments/" + std::string(id_text)),
            "/api/v1/appointments/{id}");
  EXPECT_EQ(pattern(Method::head, "/api/v1/appointments/" + std::string(id_text) + "/cancel"),
            "method_not_allowed");
}

TEST_F(RouterTest, another_method_is_405_with_allow) {
  const auto match = router_.find(Method::put, "/api/v1/appointments");
  ASSERT_FALSE(match);
  EXPECT_EQ(match.error().error.kind, ErrorKind::method_not_allowed);
  EXPECT_EQ(match.error().allow, "GET, HEAD, POST, OPTIONS");
}

TEST_F(RouterTest, options_matches_any_path_that_exists) {
  const auto match = router_.find(Method::options, "/api/v1/appointments/" + std::string(id_text));
  ASSERT_TRUE(match);
  EXPECT_EQ(match->route, nullptr);
  EXPECT_EQ(match->allow, "GET, HEAD, PATCH, OPTIONS");
  EXPECT_EQ(pattern(Method::options, "/nowhere"), "not_found");
}

TEST_F(RouterTest, options_of_an_asterisk_asks_about_the_server) {
  const auto match = router_.find(Method::options, "*");
  ASSERT_TRUE(match);
  EXPECT_EQ(match->route, nullptr);
  EXPECT_EQ(match->allow, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  EXPECT_EQ(pattern(Method::get, "*"), "not_found");
}

TEST_F(RouterTest, hundreds_of_segments_are_404) {
  std::string path;
  for (int i = 0; i < 500; ++i) path += "/" + std::string(id_text);
  EXPECT_EQ(get(path), "not_found");
}

TEST(Router, method_tokens_are_exact) {
  EXPECT_EQ(method_from_token("DELETE"), Method::delete_);
  for (const auto* token : {"get", "GETX", "", "TRACE", "CONNECT", "BREW", "PRI"}) {
    EXPECT_EQ(method_from_token(token), std::nullopt) << token;
  }
}

TEST(Router, refuses_routes_that_clash) {
  EXPECT_THROW(Router({route(Method::get, "/a"), route(Method::get, "/a")}), std::invalid_argument);
  EXPECT_THROW(Router({route(Method::get, "/a/{id}"), route(Method::get, "/a/{other}")}),
               std::invalid_argument);
  EXPECT_NO_THROW(Router({route(Method::get, "/a/{id}"), route(Method::post, "/a/{other}")}));
  EXPECT_NO_THROW(Router({route(Method::get, "/a/{id}"), route(Method::get, "/a/b")}));
  EXPECT_NO_THROW(Router({route(Method::get, "/a/{id}"), route(Method::get, "/a/{date}")}));
  EXPECT_THROW(Router({route(Method::get, "/a/{date}"), route(Method::get, "/a/{date}")}),
               std::invalid_argument);
}

TEST(Router, refuses_patterns_that_are_none) {
  for (const auto* pattern : {"", "a", "/a/", "//a", "/a%20b", "/a/{id", "/a/id}", "/a/{}", "/a?b",
                              "/{id}/{id}", "/{a}/{b}/{c}/{d}/{e}"}) {
    EXPECT_THROW(Router({route(Method::get, pattern)}), std::invalid_argument) << pattern;
  }
}

TEST(Router, R15_refuses_a_route_without_handler_or_with_half_a_permission) {
  Route without_handler = route(Method::get, "/a");
  without_handler.handler = nullptr;
  EXPECT_THROW(Router({without_handler}), std::invalid_argument);
  Route half = route(Method::get, "/a");
  half.access = {Access::Kind::permission};
  EXPECT_THROW(Router({half}), std::invalid_argument);
  EXPECT_THROW(Router({route(Method::head, "/a")}), std::invalid_argument);
  EXPECT_THROW(Router({route(Method::options, "/a")}), std::invalid_argument);
}

}  // namespace
}  // namespace frontdesk::http

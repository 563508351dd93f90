#include "http/response.hpp"

#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

TEST(Response, success_wraps_one_value) {
  const Response response = created([](JsonWriter& json) {
    json.begin_object();
    json.member("id", 7);
    json.end_object();
  });
  EXPECT_EQ(response.status, 201u);
  EXPECT_EQ(response.body, R"({"success":true,"data":{"id":7}})");
  EXPECT_EQ(response.content_type, "application/json");
}

TEST(Response, no_content_has_neither_body_nor_type) {
  EXPECT_EQ(no_content().status, 204u);
  EXPECT_EQ(no_content().body, "");
  EXPECT_EQ(no_content().content_type, "");
}

TEST(Response, refusal_is_the_envelope_of_the_contract) {
  EXPECT_EQ(refusal(not_found("No \"such\" thing.")).body,
            R"({"success":false,"message":"No \"such\" thing.","code":"not_found","errors":[]})");
  const Response response = refusal(invalid_field("date", "invalid", "That day does not exist."));
  EXPECT_EQ(response.status, 422u);
  EXPECT_EQ(
      response.body,
      R"({"success":false,"message":"That day does not exist.","code":"validation_failed",)"
      R"("errors":[{"field":"date","code":"invalid","message":"That day does not exist."}]})");
}

TEST(Response, refusal_carries_details_and_retry_after) {
  Error error{.kind = ErrorKind::too_many, .code = "account_locked", .message = "Locked."};
  error.details["alternatives"] = {1, 2};
  error.retry_after = std::chrono::seconds{90};
  const Response response = refusal(error);
  EXPECT_EQ(response.status, 429u);
  EXPECT_TRUE(response.body.ends_with(R"("errors":[],"details":{"alternatives":[1,2]}})"));
  ASSERT_EQ(response.headers.size(), 1u);
  EXPECT_EQ(response.headers[0].first, "Retry-After");
  EXPECT_EQ(response.headers[0].second, "90");
}

TEST(Response, R31_each_kind_has_its_status) {
  using Kind = ErrorKind;
  const std::pair<Kind, unsigned> expected[] = {{Kind::malformed, 400},
                                                {Kind::unauthenticated, 401},
                                                {Kind::forbidden, 403},
                                                {Kind::not_found, 404},
                                                {Kind::method_not_allowed, 405},
                                                {Kind::timed_out, 408},
                                                {Kind::conflict, 409},
                                                {Kind::stale, 412},
                                                {Kind::too_large, 413},
                                                {Kind::target_too_long, 414},
                                                {Kind::unsupported_media, 415},
                                                {Kind::expectation_failed, 417},
                                                {Kind::invalid, 422},
                                                {Kind::too_many, 429},
                                                {Kind::headers_too_large, 431},
                                                {Kind::internal, 500},
                                                {Kind::not_implemented, 501},
                                                {Kind::unavailable, 503}};
  for (const auto& [kind, status] : expected) EXPECT_EQ(status_of(kind), status);
}

}  // namespace
}  // namespace frontdesk::http

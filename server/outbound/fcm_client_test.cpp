#include "outbound/fcm_client.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace frontdesk::outbound {
namespace {

using Outcome = Verdict::Outcome;

std::string refusal(std::string_view status, std::string_view code) {
  return fmt::format(
      R"({{"error": {{"code": 0, "message": "…", "status": "{}", "details": [)"
      R"({{"@type": "type.googleapis.com/google.rpc.BadRequest", "errorCode": "OTHER"}},)"
      R"({{"@type": "type.googleapis.com/google.firebase.fcm.v1.FcmError", "errorCode": "{}"}}]}}}})",
      status, code);
}

std::string bare(std::string_view status) {
  return fmt::format(R"({{"error": {{"code": 0, "message": "…", "status": "{}"}}}})", status);
}

Outcome outcome(unsigned status, std::string body) {
  return judge_fcm({.status = status, .headers = {}, .body = std::move(body)}).outcome;
}

TEST(JudgeFcm, a_device_is_gone_where_fcm_says_so_and_not_where_an_address_is_wrong) {
  EXPECT_EQ(outcome(404, refusal("NOT_FOUND", "UNREGISTERED")), Outcome::gone);
  EXPECT_EQ(outcome(404, bare("NOT_FOUND")), Outcome::gone);
  EXPECT_EQ(outcome(404, "<html>not here</html>"), Outcome::unavailable);
  EXPECT_EQ(outcome(404, refusal("NOT_FOUND", "OTHER")), Outcome::unavailable);
}

TEST(JudgeFcm, what_is_wrong_with_a_message_is_so_for_good) {
  EXPECT_EQ(outcome(400, refusal("INVALID_ARGUMENT", "INVALID_ARGUMENT")), Outcome::refused);
  EXPECT_EQ(outcome(400, bare("INVALID_ARGUMENT")), Outcome::refused);
  EXPECT_EQ(outcome(403, refusal("PERMISSION_DENIED", "SENDER_ID_MISMATCH")), Outcome::refused);
  EXPECT_EQ(outcome(400, "Bad Request"), Outcome::unavailable) << "that was no FCM";
}

TEST(JudgeFcm, want_of_configuration_loses_no_message) {
  EXPECT_EQ(outcome(401, bare("UNAUTHENTICATED")), Outcome::unavailable);
  EXPECT_EQ(outcome(403, bare("PERMISSION_DENIED")), Outcome::unavailable);
  EXPECT_EQ(outcome(500, refusal("INTERNAL", "INTERNAL")), Outcome::unavailable);
  EXPECT_EQ(outcome(503, refusal("UNAVAILABLE", "UNAVAILABLE")), Outcome::unavailable);
  EXPECT_EQ(outcome(302, ""), Outcome::unavailable);
  EXPECT_EQ(outcome(401, refusal("UNAUTHENTICATED", "THIRD_PARTY_AUTH_ERROR")),
            Outcome::refused_for_now)
      << "Apple's key is wrong; Android's devices are not";
}

TEST(JudgeFcm, a_wait_is_honoured) {
  const auto body = refusal("RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED");
  const auto told = judge_fcm({.status = 429, .headers = {{"retry-after", "120"}}, .body = body});
  EXPECT_EQ(told.outcome, Outcome::refused_for_now);
  EXPECT_EQ(told.retry_after, std::chrono::seconds{120});
  EXPECT_EQ(judge_fcm({.status = 429, .headers = {}, .body = body}).retry_after,
            std::chrono::seconds{60});
}

TEST(JudgeFcm, hostile_answers_are_answers) {
  for (const auto* body : {"", "[]", "{}", R"({"error": 1})", R"({"error": {"details": 1}})",
                           R"({"error": {"details": [1, {}, {"@type": 1}], "status": 2}})"}) {
    EXPECT_NE(outcome(404, body), Outcome::accepted) << body;
    EXPECT_NE(outcome(404, std::string(body)), Outcome::refused_for_now) << body;
  }
}

}  // namespace
}  // namespace frontdesk::outbound

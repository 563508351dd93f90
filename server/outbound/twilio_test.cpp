#include "outbound/twilio.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::outbound {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;
using Outcome = Verdict::Outcome;

Verdict judge(unsigned status, int code = 0, std::string retry_after = "") {
  HttpAnswer answer{.status = status};
  if (code != 0) {
    answer.body = R"({"code": )" + std::to_string(code) +
                  R"(, "message": "The number +4915112345678 is bad", "status": 400})";
  }
  if (!retry_after.empty()) answer.headers.emplace_back("retry-after", std::move(retry_after));
  return judge_twilio_answer(answer);
}

TEST(Twilio, what_it_takes_has_left) {
  EXPECT_EQ(judge(201).outcome, Outcome::accepted);
  EXPECT_EQ(judge(200).outcome, Outcome::accepted);
}

TEST(Twilio, R71_a_recipient_who_cannot_be_reached_is_given_up) {
  for (const int code : {21211, 21610, 21614, 30003, 30006}) {
    EXPECT_EQ(judge(400, code).outcome, Outcome::refused) << code;
  }
  EXPECT_EQ(judge(403, 21610).outcome, Outcome::refused);
  EXPECT_EQ(judge(400, 21610).reason, "Twilio error 21610: the recipient has unsubscribed");
  EXPECT_EQ(judge(400, 99999).reason, "Twilio answers 400 (Twilio error 99999)");
  EXPECT_EQ(judge(400).outcome, Outcome::refused);
}

TEST(Twilio, R72_too_much_at_a_time_waits_as_long_as_it_says) {
  EXPECT_EQ(judge(429, 20429, "17").outcome, Outcome::refused_for_now);
  EXPECT_EQ(judge(429, 20429, "17").retry_after, 17s);
  EXPECT_EQ(judge(400, 21611).outcome, Outcome::refused_for_now);
  EXPECT_EQ(judge(429).retry_after, 1s);
  EXPECT_EQ(judge(429, 0, "-5").retry_after, 1s);
  EXPECT_EQ(judge(429, 0, "86400").retry_after, 900s);
  EXPECT_EQ(judge(429, 0, "Wed, 21 Oct 2026 07:28:00 GMT").retry_after, 1s);
}

TEST(Twilio, R71_trouble_of_the_service_or_with_our_account_stops_the_channel) {
  EXPECT_EQ(judge(503).outcome, Outcome::unavailable);
  EXPECT_EQ(judge(500, 21211).outcome, Outcome::unavailable);
  EXPECT_EQ(judge(302).outcome, Outcome::unavailable);
  EXPECT_THAT(judge(401, 20003).reason, HasSubstr("FRONTDESK_TWILIO_AUTH_TOKEN"));
  EXPECT_EQ(judge(403).outcome, Outcome::unavailable);
  EXPECT_THAT(judge(404, 20404).reason, HasSubstr("FRONTDESK_TWILIO_ACCOUNT_SID"));
  EXPECT_THAT(judge(400, 21606).reason, HasSubstr("FRONTDESK_TWILIO_FROM"));
  EXPECT_EQ(judge(400, 21606).outcome, Outcome::unavailable);
}

TEST(Twilio, R33_no_reason_names_the_number) {
  for (const unsigned status : {400U, 401U, 403U, 404U, 429U, 500U}) {
    for (const int code : {21211, 20003, 21606, 12345}) {
      EXPECT_THAT(judge(status, code).reason, Not(HasSubstr("+49")));
    }
  }
}

TEST(Twilio, an_answer_that_is_no_json_is_judged_by_its_status) {
  for (const auto* body : {"", "<html>", "[]", R"({"code": "21211"})", R"({"code": 1e99})"}) {
    const HttpAnswer answer{.status = 400, .body = body};
    EXPECT_EQ(judge_twilio_answer(answer).reason, "Twilio answers 400") << body;
  }
}

TEST(Twilio, a_form_has_percent_20_for_a_space) {
  EXPECT_EQ(encode_form({{"To", "+4915112345678"}, {"Body", "Grüße & a=b\n"}}),
            "To=%2B4915112345678&Body=Gr%C3%BC%C3%9Fe%20%26%20a%3Db%0A");
}

TEST(Twilio, the_signature_is_that_of_its_documentation) {
  // https://www.twilio.com/docs/usage/security, "Explore the algorithm yourself"
  const FormParameters parameters{{"CallSid", "CA1234567890ABCDE"},
                                  {"Caller", "+14158675309"},
                                  {"Digits", "1234"},
                                  {"From", "+14158675309"},
                                  {"To", "+18005551212"}};
  EXPECT_EQ(twilio_signature("12345", "https://mycompany.com/myapp.php?foo=1&bar=2", parameters),
            "RSOYDt4T1cUTdK1PDd93/VVr8B8=");
}

TEST(Twilio, the_signature_does_not_depend_on_the_order) {
  EXPECT_EQ(twilio_signature("t", "https://a.test/", {{"b", "2"}, {"a", "1"}}),
            twilio_signature("t", "https://a.test/", {{"a", "1"}, {"b", "2"}}));
}

TEST(Twilio, sids) {
  const std::string digits = "0123456789abcdef0123456789ABCDEF";
  EXPECT_TRUE(is_twilio_sid("AC" + digits, "AC"));
  EXPECT_FALSE(is_twilio_sid("MG" + digits, "AC"));
  EXPECT_FALSE(is_twilio_sid("AC" + digits + "0", "AC"));
  EXPECT_FALSE(is_twilio_sid("AC" + digits.substr(1) + "g", "AC"));
  EXPECT_FALSE(is_twilio_sid("", "AC"));
}

}  // namespace
}  // namespace frontdesk::outbound

#include "outbound/smtp_verdict.hpp"

#include <gtest/gtest.h>

namespace frontdesk::outbound {
namespace {

using Outcome = Verdict::Outcome;

SmtpEnd end(SmtpStage stage, unsigned reply = 0, std::string text = "") {
  return {.is_accepted = false,
          .stage = stage,
          .reply = reply,
          .reply_text = std::move(text),
          .fault = "the connection broke"};
}

Verdict verdict(SmtpStage stage, unsigned reply = 0) {
  return judge(end(stage, reply));
}

TEST(SmtpVerdict, a_recipient_that_is_refused_is_refused) {
  EXPECT_EQ(verdict(SmtpStage::recipient, 550).outcome, Outcome::refused);
  EXPECT_EQ(verdict(SmtpStage::recipient, 451).outcome, Outcome::refused_for_now);
  EXPECT_TRUE(is_serving(end(SmtpStage::recipient, 550)));
}

TEST(SmtpVerdict, our_login_and_our_sender_cost_no_message) {
  for (const auto stage :
       {SmtpStage::login, SmtpStage::sender, SmtpStage::greeting, SmtpStage::starttls}) {
    for (const unsigned reply : {454U, 535U, 550U, 554U}) {
      EXPECT_EQ(verdict(stage, reply).outcome, Outcome::unavailable);
      EXPECT_FALSE(is_serving(end(stage, reply)));
    }
  }
  EXPECT_EQ(verdict(SmtpStage::recipient, 530).outcome, Outcome::unavailable);
}

TEST(SmtpVerdict, a_message_that_is_too_large_is_refused_for_good) {
  EXPECT_EQ(verdict(SmtpStage::sender, 552).outcome, Outcome::refused);
  EXPECT_TRUE(is_serving(end(SmtpStage::sender, 552)));
}

TEST(SmtpVerdict, what_was_not_answered_is_tried_again) {
  for (const auto stage : {SmtpStage::recipient, SmtpStage::data}) {
    EXPECT_EQ(verdict(stage).outcome, Outcome::refused_for_now);
    EXPECT_FALSE(is_serving(end(stage)));
  }
  EXPECT_EQ(verdict(SmtpStage::connecting).outcome, Outcome::unavailable);
}

TEST(SmtpVerdict, I8_what_was_said_whole_and_not_answered_may_have_arrived) {
  EXPECT_EQ(verdict(SmtpStage::content).outcome, Outcome::unanswered);
  EXPECT_FALSE(verdict(SmtpStage::content).is_service_in_trouble);
  EXPECT_FALSE(is_serving(end(SmtpStage::content)));
}

TEST(SmtpVerdict, a_server_that_closes_is_away_for_everybody) {
  EXPECT_EQ(verdict(SmtpStage::content, 421).outcome, Outcome::unavailable);
}

TEST(SmtpVerdict, R33_reasons_hold_no_address) {
  const auto found = judge(end(SmtpStage::recipient, 550,
                               "550 5.1.1 <ann@example.test>: no such user ann@example.test"));
  EXPECT_EQ(found.reason, "recipient: 550 5.1.1 (address) no such user (address)");
}

}  // namespace
}  // namespace frontdesk::outbound

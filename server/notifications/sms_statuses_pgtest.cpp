#include "notifications/sms_statuses.hpp"
#include "queue/outbox.hpp"
#include "support/database.hpp"

#include <gtest/gtest.h>

namespace frontdesk::notifications {
namespace {

using namespace std::chrono_literals;
using frontdesk::testing::run;
using frontdesk::testing::sql;
using frontdesk::testing::sql_value;
using outbound::FormParameters;

constexpr const char* token = "a token";
constexpr const char* origin = "https://book.example.test";

class SmsStatusesPg : public ::testing::Test {
 protected:
  void SetUp() override {
    frontdesk::testing::reset();
    id = enqueue("sms");
  }

  Uuid enqueue(const std::string& channel) {
    const queue::Message message{.event = "appointment.reminder",
                                 .channel = channel,
                                 .to = "+4915112345678",
                                 .subject = "",
                                 .text = "Soon",
                                 .html = ""};
    auto lease = run(pool->acquire(deadline_in(5s)));
    run(outbox.enqueue(*lease, message));
    return *Uuid::parse(sql_value("SELECT id FROM outbox ORDER BY sequence DESC LIMIT 1"));
  }

  std::string receive(const Uuid& of, const FormParameters& form, const std::string& signature) {
    const auto taken = run(statuses.receive(of, form, signature, deadline_in(5s)));
    return taken ? "taken" : taken.error().code;
  }
  std::string receive(const Uuid& of, const FormParameters& form) {
    return receive(of, form, outbound::twilio_signature(token, origin + sms_status_path(of), form));
  }

  static std::string row(const Uuid& of) {
    return sql_value(
        "SELECT status || ' ' || coalesce(last_error, '-') || ' ' || "
        "(confirmed_at IS NOT NULL) || ' ' || (sealed IS NULL) FROM outbox WHERE id = '" +
        of.to_string() + "'");
  }

  const DataKey key{std::array<std::uint8_t, 32>{3}};
  queue::Outbox outbox{key};
  std::unique_ptr<db::Pool> pool = frontdesk::testing::make_pool();
  SmsStatuses statuses{*pool, token, origin};
  Uuid id;
};

TEST_F(SmsStatusesPg, what_arrived_is_delivered_and_confirmed_whatever_came_before) {
  EXPECT_EQ(receive(id, {{"MessageStatus", "delivered"}}), "taken");
  EXPECT_EQ(row(id), "delivered - true true");
  EXPECT_EQ(receive(id, {{"MessageStatus", "undelivered"}, {"ErrorCode", "30003"}}), "taken");
  EXPECT_EQ(row(id), "delivered - true true");
}

TEST_F(SmsStatusesPg, what_failed_is_dead_with_its_reason) {
  sql("UPDATE outbox SET status = 'delivered', delivered_at = now(), sealed = NULL");
  EXPECT_EQ(receive(id, {{"MessageStatus", "undelivered"}, {"ErrorCode", "30003"}}), "taken");
  EXPECT_EQ(row(id), "dead Twilio error 30003: the phone cannot be reached false true");
  EXPECT_EQ(receive(id, {{"MessageStatus", "read"}}), "taken");
  EXPECT_EQ(row(id), "delivered - true true");
}

TEST_F(SmsStatusesPg, what_is_on_its_way_changes_nothing) {
  for (const auto* status : {"queued", "sending", "sent", "", "of next year"}) {
    EXPECT_EQ(receive(id, {{"MessageStatus", status}}), "taken");
  }
  EXPECT_EQ(receive(id, {}), "taken");
  EXPECT_EQ(row(id), "waiting - false false");
}

TEST_F(SmsStatusesPg, only_what_twilio_signed_for_this_message_is_taken) {
  const FormParameters form{{"MessageStatus", "failed"}};
  const auto other = enqueue("sms");
  const auto others = outbound::twilio_signature(token, origin + sms_status_path(other), form);
  for (const auto& signature :
       {std::string(), std::string("x"), others,
        outbound::twilio_signature("guess", origin + sms_status_path(id), form)}) {
    EXPECT_EQ(receive(id, form, signature), "signature_invalid");
  }
  EXPECT_EQ(row(id), "waiting - false false");
}

TEST_F(SmsStatusesPg, without_an_account_nobody_signs) {
  SmsStatuses off(*pool, std::nullopt, origin);
  const auto signature = outbound::twilio_signature("", origin + sms_status_path(id), {});
  for (const auto& given : {signature, std::string()}) {
    EXPECT_FALSE(run(off.receive(id, {}, given, deadline_in(5s))));
  }
}

TEST_F(SmsStatusesPg, messages_of_other_channels_are_none_of_its) {
  const auto mail = enqueue("email");
  EXPECT_EQ(receive(mail, {{"MessageStatus", "failed"}}), "taken");
  EXPECT_EQ(row(mail), "waiting - false false");
}

TEST(SmsStatus, a_failure_without_a_code_names_its_status) {
  EXPECT_EQ(read_sms_status({{"MessageStatus", "canceled"}}).reason, "Twilio: canceled");
  EXPECT_EQ(read_sms_status({{"MessageStatus", "failed"}, {"ErrorCode", "x"}}).reason,
            "Twilio: failed");
  EXPECT_EQ(read_sms_status({{"MessageStatus", "failed"}, {"ErrorCode", "39999"}}).reason,
            "Twilio error 39999");
}

}  // namespace
}  // namespace frontdesk::notifications

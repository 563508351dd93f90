#include "notifications/testing_dispatch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::notifications {
namespace {

using frontdesk::testing::run;
using frontdesk::testing::sql;
using frontdesk::testing::sql_count;
using ::testing::SizeIs;
namespace shop = appointments::testing;

class SmsLimitPg : public testing::DispatchTest {
 protected:
  void SetUp() override {
    DispatchTest::SetUp();
    sql("UPDATE users SET phone = '+4930123456', phone_verified = true WHERE id = '" +
        customer.to_string() + "'");
    choose("sms", true);
    options.channels = {"sms"};
  }
  void move_to_and_fro(const AppointmentId& id, int times) {
    for (int i = 0; i < times; ++i) move(id, i % 2 == 0 ? "12:00" : "10:00");
    dispatch();
  }
  static std::int64_t texted() {
    return sql_count("SELECT count(*) FROM outbox WHERE channel = 'sms'");
  }
};

TEST_F(SmsLimitPg, R22_a_number_gets_five_an_hour_and_the_rest_comes_otherwise) {
  const auto id = book("10:00");
  move_to_and_fro(id, 8);
  EXPECT_EQ(texted(), 5);
  EXPECT_THAT(mails(email_of(customer)), SizeIs(9));
  EXPECT_THAT(listed(customer), SizeIs(9));
  sql("UPDATE sms_sends SET sent_at = sent_at - interval '61 minutes'");
  move_to_and_fro(id, 2);
  EXPECT_EQ(texted(), 7);
}

TEST_F(SmsLimitPg, R22_how_many_is_a_setting) {
  sql("UPDATE settings SET max_sms_per_hour = 2");
  const auto id = book("10:00");
  move_to_and_fro(id, 3);
  EXPECT_EQ(texted(), 2);
  sql("UPDATE settings SET max_sms_per_hour = 3");
  move_to_and_fro(id, 3);
  EXPECT_EQ(texted(), 3);
}

TEST_F(SmsLimitPg, R22_holds_for_each_number_and_for_whoever_has_it) {
  const auto other = shop::add_user("Grace");
  sql("UPDATE users SET phone = '+4930654321', phone_verified = true WHERE id = '" +
      other.to_string() + "'");
  sql("INSERT INTO notification_preferences VALUES ('" + other.to_string() +
      "', 'bookings', 'sms', true)");
  move_to_and_fro(book("10:00"), 7);
  book(other, {.service = service, .start = shop::at("14:00")});
  dispatch();
  EXPECT_EQ(texted(), 6);
  sql("UPDATE users SET phone = '+4930123456' WHERE id = '" + other.to_string() + "'");
  book(other, {.service = service, .start = shop::at("15:00")});
  dispatch();
  EXPECT_EQ(texted(), 6);
}

TEST_F(SmsLimitPg, R22_holds_where_several_are_made_at_once) {
  for (const auto* time :
       {"09:00", "09:30", "10:00", "10:30", "11:00", "11:30", "12:00", "12:30"}) {
    book(time);
  }
  dispatch();
  EXPECT_EQ(texted(), 5);
}

TEST_F(SmsLimitPg, I8_an_event_that_is_dispatched_twice_counts_once) {
  const auto id = book("10:00");
  const auto booked = rows("channel = 'event'").at(0);
  for (int i = 0; i < 3; ++i) dispatch(booked);
  EXPECT_EQ(texted(), 1);
  move_to_and_fro(id, 4);
  EXPECT_EQ(texted(), 5);
}

TEST_F(SmsLimitPg, R22_codes_count_too) {
  for (int i = 0; i < 4; ++i) {
    auto code = event("auth.phone_code", R"({"code": "123456", "minutes": 10})");
    code.to = "+4930123456";
    ASSERT_EQ(dispatch(code).outcome, queue::Delivery::Outcome::delivered);
  }
  move_to_and_fro(book("10:00"), 2);
  EXPECT_EQ(texted(), 5);
}

TEST_F(SmsLimitPg, R22_what_is_a_day_old_is_forgotten) {
  book("10:00");
  dispatch();
  Notifications notifications(*pool, key);
  run(notifications.clean(10, shop::soon()));
  EXPECT_EQ(sql_count("SELECT count(*) FROM sms_sends"), 1);
  sql("UPDATE sms_sends SET sent_at = sent_at - interval '25 hours'");
  run(notifications.clean(10, shop::soon()));
  EXPECT_EQ(sql_count("SELECT count(*) FROM sms_sends"), 0);
}

}  // namespace
}  // namespace frontdesk::notifications

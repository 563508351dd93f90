#include "notifications/testing_dispatch.hpp"

#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::notifications {
namespace {

using namespace std::chrono_literals;
using frontdesk::testing::run;
using frontdesk::testing::sql;
using frontdesk::testing::sql_count;
using frontdesk::testing::sql_value;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace shop = appointments::testing;

class RemindersPg : public testing::DispatchTest {
 protected:
  static std::int64_t planned() {
    return sql_count(
        "SELECT count(*) FROM outbox WHERE event = 'appointment.reminder' AND channel "
        "= 'event' AND status = 'waiting'");
  }
  /// As if the time of every reminder had come.
  void remind() {
    sql("UPDATE outbox SET due_at = now() WHERE event = 'appointment.reminder'");
    dispatch();
  }
  std::int64_t reminded() {
    return sql_count(
        "SELECT count(*) FROM outbox WHERE event = 'appointment.reminder' AND channel "
        "= 'email'");
  }
};

TEST_F(RemindersPg, are_planned_as_long_before_the_start_as_the_settings_say) {
  sql("UPDATE settings SET reminder_offsets = '{1440, 120, 43200}'");
  book();
  dispatch();
  EXPECT_EQ(sql_value("SELECT string_agg((a.starts_at - due_at)::text, ' ' ORDER BY due_at) FROM "
                      "outbox JOIN appointments a ON a.id = appointment_id WHERE event = "
                      "'appointment.reminder'"),
            "1 day 02:00:00")
      << "thirty days before has passed; sorted, a day and two hours";
}

TEST_F(RemindersPg, tell_the_appointment_as_it_is_by_then) {
  book({.service = service, .staff = member, .start = shop::at("10:00")});
  dispatch();
  sql("UPDATE services SET name = 'Trim'; UPDATE staff SET name = 'Mara L.'");
  remind();
  const auto sent = mails(email_of(customer));
  ASSERT_EQ(sent.size(), 2U);
  EXPECT_THAT(sent[1].subject, HasSubstr("Reminder: Trim"));
  EXPECT_THAT(sent[1].text, HasSubstr("Mara L."));
  EXPECT_THAT(sent[1].text, HasSubstr("10:00 (Europe/Berlin)"));
  EXPECT_THAT(sent[1].text, HasSubstr("Hello Ada"));
}

TEST_F(RemindersPg, of_a_time_that_was_left_are_dropped) {
  const auto id = book("10:00");
  dispatch();
  move(id, "12:00");
  dispatch();
  EXPECT_EQ(planned(), 2);
  remind();
  EXPECT_EQ(reminded(), 1);
  EXPECT_THAT(mails(email_of(customer)).back().text, HasSubstr("12:00"));
}

TEST_F(RemindersPg, of_what_is_cancelled_are_dropped_and_nothing_waits_for_them) {
  const auto id = book();
  dispatch();
  cancel(id);
  dispatch();
  EXPECT_THAT(told(email_of(customer)), ElementsAre("appointment.booked", "appointment.cancelled"))
      << "a reminder of next week holds up nothing";
  remind();
  EXPECT_EQ(reminded(), 0);
  EXPECT_EQ(planned(), 0);
}

TEST_F(RemindersPg, come_once_however_often_a_start_comes_back) {
  const auto id = book("10:00");
  dispatch();
  move(id, "12:00");
  move(id, "10:00");
  cancel(id);
  ASSERT_TRUE(run(appointments.reopen(manager(), {.id = id}, {}, shop::soon())));
  dispatch();
  EXPECT_EQ(planned(), 2);
  remind();
  EXPECT_EQ(reminded(), 1);
}

TEST_F(RemindersPg, wait_for_the_confirmation) {
  sql("UPDATE settings SET auto_confirm = false");
  const auto id = book();
  dispatch();
  EXPECT_EQ(planned(), 0);
  ASSERT_TRUE(run(appointments.confirm(manager(), {.id = id}, {}, shop::soon())));
  dispatch();
  EXPECT_EQ(planned(), 1);
}

TEST_F(RemindersPg, of_what_has_begun_are_dropped) {
  const auto id = book();
  dispatch();
  sql("UPDATE appointments SET starts_at = starts_at - interval '8 days', "
      "ends_at = ends_at - interval '8 days'");
  // One that knows the start as it is now.
  auto late = event("appointment.reminder",
                    R"({"starts_at": {"at": ")" +
                        sql_value("SELECT to_char(starts_at AT TIME ZONE 'UTC', "
                                  "'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"') FROM appointments") +
                        R"("}})");
  late.appointment = id;
  EXPECT_EQ(dispatch(late).outcome, queue::Delivery::Outcome::delivered);
  EXPECT_EQ(reminded(), 0);
}

TEST_F(RemindersPg, that_fell_due_before_the_dispatch_leave_at_once_and_once) {
  // Eight and nine days before the start: two days and a day ago, when the booking was made.
  sql("UPDATE settings SET reminder_offsets = '{11520, 12960, 43200, 120}'");
  book();
  auto booked = rows("event = 'appointment.booked'").at(0);
  auto content = boost::json::parse(booked.message.text).as_object();
  content.at("appointment").as_object()["updated_at"] = format_instant(
      std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()) - 3 * 24h);
  booked.message.text = boost::json::serialize(content);
  ASSERT_EQ(dispatch(booked).outcome, queue::Delivery::Outcome::delivered);
  sql("DELETE FROM outbox WHERE event = 'appointment.booked' AND channel = 'event'");
  EXPECT_EQ(planned(), 2) << "the last of those that are past, and what lies ahead";
  dispatch();
  EXPECT_EQ(planned(), 1);
  EXPECT_EQ(reminded(), 1);
}

TEST_F(RemindersPg, reach_walk_ins_by_their_address) {
  book({.service = service,
        .start = shop::at("10:00"),
        .walk_in = appointments::WalkIn{.name = "Grace", .email = "grace@example.test"}});
  dispatch();
  remind();
  EXPECT_THAT(told("grace@example.test"),
              ElementsAre("appointment.booked", "appointment.reminder"));
}

}  // namespace
}  // namespace frontdesk::notifications

#include "notifications/reminder_guard.hpp"
#include "notifications/testing_dispatch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::notifications {
namespace {

using namespace std::chrono_literals;
using testing::Row;
using Outcome = queue::Delivery::Outcome;
using frontdesk::testing::run;
using frontdesk::testing::sql;
using frontdesk::testing::sql_value;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;
namespace shop = appointments::testing;

/// Takes everything, and remembers what.
class Recording final : public queue::Sender {
 public:
  Recording(std::string_view channel, std::vector<std::string>& sent)
      : channel_(channel), sent_(sent) {}
  [[nodiscard]] std::string_view channel() const override { return channel_; }
  [[nodiscard]] std::size_t capacity() const override { return 3; }
  [[nodiscard]] bool keeps_bodies() const override { return true; }
  Task<queue::Delivery> send(const Uuid&, const queue::Message& message, Deadline) override {
    sent_.push_back(message.event);
    co_return queue::Delivery{Outcome::delivered};
  }

 private:
  std::string_view channel_;
  std::vector<std::string>& sent_;
};

class ReminderGuardPg : public testing::DispatchTest {
 protected:
  void SetUp() override {
    DispatchTest::SetUp();
    sql("UPDATE users SET phone = '+4930123456', phone_verified = true WHERE id = '" +
        customer.to_string() + "'");
    sql("INSERT INTO notification_preferences VALUES ('" + customer.to_string() +
        "', 'reminders', 'sms', true)");
    register_phone(customer);
    options.channels = {"sms", "fcm"};
  }
  /// The reminders of what is booked, rendered; the channels are away.
  void remind() {
    dispatch();
    sql("UPDATE outbox SET due_at = now() WHERE event = 'appointment.reminder'");
    dispatch();
  }
  std::vector<Row> reminders() {
    return rows("event = 'appointment.reminder' AND channel <> 'event'");
  }
  queue::Delivery send(const Row& row) {
    ReminderGuard guard(*pool, std::make_unique<Recording>(row.message.channel, sent));
    return run(guard.send(row.id, row.message, deadline_in(10s)));
  }
  /// Quiet hours that began an hour ago and end in so many minutes, by the clock of the business.
  void be_quiet(int minutes) {
    const auto zone = *Zone::find("Europe/Berlin");
    const auto now = zone.to_local(std::chrono::floor<std::chrono::microseconds>(
                                       std::chrono::system_clock::now()))
                         .time_of_day;
    const auto of_day = std::chrono::floor<std::chrono::minutes>(now).count();
    sql("INSERT INTO notification_settings VALUES ('" + customer.to_string() + "', " +
        std::to_string((of_day + 1440 - 60) % 1440) + ", " +
        std::to_string((of_day + minutes) % 1440) + ", 2)");
  }
  void expect_stale() {
    const auto waiting = reminders();
    EXPECT_THAT(waiting, SizeIs(3)) << "by mail, SMS and push";
    for (const auto& row : waiting) {
      const auto delivery = send(row);
      EXPECT_EQ(delivery.outcome, Outcome::dropped) << row.message.channel;
      EXPECT_EQ(delivery.reason, "stale");
    }
    EXPECT_THAT(sent, IsEmpty());
  }

  std::vector<std::string> sent;
};

TEST_F(ReminderGuardPg, R71_a_reminder_of_what_is_still_so_leaves_by_every_channel) {
  book();
  remind();
  const auto waiting = reminders();
  ASSERT_THAT(waiting, SizeIs(3));
  for (const auto& row : waiting) EXPECT_EQ(send(row).outcome, Outcome::delivered);
  EXPECT_THAT(sent, SizeIs(3));
}

TEST_F(ReminderGuardPg, R71_what_is_cancelled_while_the_channel_is_away_is_dropped) {
  const auto id = book();
  remind();
  cancel(id);
  expect_stale();
}

TEST_F(ReminderGuardPg, R71_a_time_that_was_left_while_the_channel_is_away_is_dropped) {
  const auto id = book("10:00");
  remind();
  move(id, "12:00");
  expect_stale();
}

TEST_F(ReminderGuardPg, R71_what_has_begun_meanwhile_is_dropped) {
  book();
  remind();
  auto row = reminders().at(0);
  ASSERT_TRUE(row.message.reminds_of);
  sql("UPDATE appointments SET starts_at = starts_at - interval '8 days', "
      "ends_at = ends_at - interval '8 days'");
  row.message.reminds_of = *row.message.reminds_of - 8 * 24h;
  EXPECT_EQ(send(row).reason, "stale");
  row.message.reminds_of.reset();
  EXPECT_EQ(send(row).reason, "stale") << "rendered by an older server";
}

TEST_F(ReminderGuardPg, who_is_disabled_meanwhile_is_not_reminded) {
  book();
  remind();
  sql("UPDATE users SET status = 'disabled' WHERE id = '" + customer.to_string() + "'");
  expect_stale();
}

TEST_F(ReminderGuardPg, R71_in_quiet_hours_it_waits_until_they_end) {
  book();
  remind();
  be_quiet(30);
  for (const auto& row : reminders()) {
    const auto delivery = send(row);
    EXPECT_EQ(delivery.outcome, Outcome::try_later) << row.message.channel;
    EXPECT_GT(delivery.wait, 28min);
    EXPECT_LE(delivery.wait, 30min);
  }
  EXPECT_THAT(sent, IsEmpty());
}

TEST_F(ReminderGuardPg, R71_where_they_end_too_late_it_leaves_by_mail_alone) {
  book();
  remind();
  be_quiet(120);
  sql("UPDATE appointments SET starts_at = date_trunc('minute', now()) + interval '1 hour', "
      "ends_at = date_trunc('minute', now()) + interval '90 minutes'");
  for (auto row : reminders()) {
    row.message.reminds_of.reset();
    const bool is_mail = row.message.channel == "email";
    EXPECT_EQ(send(row).outcome, is_mail ? Outcome::delivered : Outcome::dropped);
  }
  EXPECT_THAT(sent, ElementsAre("appointment.reminder"));
}

TEST_F(ReminderGuardPg, R71_one_that_waits_holds_up_nothing) {
  const auto id = book();
  remind();
  cancel(id);
  dispatch();
  sql("UPDATE outbox SET status = 'delivered' WHERE event = 'appointment.booked'");
  std::vector<std::unique_ptr<queue::Sender>> senders;
  senders.push_back(std::make_unique<Recording>("email", sent));
  sql("UPDATE outbox SET due_at = now() + interval '1 hour' WHERE event = 'appointment.reminder'");
  queue::Worker worker(frontdesk::testing::io(), *pool, key, std::move(senders), {});
  run(worker.deliver_batch());
  EXPECT_THAT(sent, ::testing::Contains("appointment.cancelled"));
}

TEST_F(ReminderGuardPg, everything_else_passes_and_the_channel_is_the_senders) {
  const auto id = book();
  dispatch();
  const auto booked = rows("event = 'appointment.booked' AND channel = 'email'").at(0);
  cancel(id);
  be_quiet(30);
  EXPECT_EQ(send(booked).outcome, Outcome::delivered);
  const ReminderGuard guard(*pool, std::make_unique<Recording>("sms", sent));
  EXPECT_EQ(guard.channel(), "sms");
  EXPECT_EQ(guard.capacity(), 3U);
  EXPECT_TRUE(guard.keeps_bodies());
}

}  // namespace
}  // namespace frontdesk::notifications

#include "queue/testing_worker.hpp"

#include <chrono>

#include <gtest/gtest.h>

namespace frontdesk::queue {
namespace {

using namespace std::chrono_literals;
using frontdesk::testing::run;
using frontdesk::testing::sql;
using frontdesk::testing::sql_value;

class ChannelPg : public testing::WorkerTest {};

TEST_F(ChannelPg, a_channel_without_a_sender_keeps_its_messages) {
  enqueue("+4930123456", "sms");
  auto worker = make_worker();
  EXPECT_EQ(run(worker.deliver_batch()), 0U);
  EXPECT_EQ(sql_value("SELECT status FROM outbox"), "waiting");
}

TEST_F(ChannelPg, R71_a_channel_that_works_again_sends_what_waited_at_once) {
  enqueue("ann@example.test");
  enqueue("ben@example.test");
  answer = {Delivery::Outcome::channel_down, "down"};
  auto worker = make_worker();
  run(worker.deliver_batch());
  sql("UPDATE outbox SET due_at = now() + interval '15 minutes'; "
      "UPDATE outbox SET due_at = now() WHERE id = (SELECT min(id::text)::uuid FROM outbox)");
  answer = {Delivery::Outcome::delivered};
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
  EXPECT_EQ(run(worker.deliver_batch()), 1U) << "the other one became due";
}

TEST_F(ChannelPg, R71_a_channel_that_works_after_a_restart_sends_what_waited_at_once) {
  enqueue("ann@example.test");
  enqueue("ben@example.test");
  answer = {Delivery::Outcome::channel_down, "down"};
  auto before = make_worker();
  run(before.deliver_batch());
  sql("UPDATE outbox SET due_at = now() + interval '15 minutes'");
  enqueue("cat@example.test");
  answer = {Delivery::Outcome::delivered};
  auto after = make_worker();
  EXPECT_EQ(run(after.deliver_batch()), 1U);
  EXPECT_EQ(run(after.deliver_batch()), 2U) << "the others became due";
}

TEST_F(ChannelPg, R71_after_a_failure_of_the_channel_one_message_tries_it) {
  for (int i = 0; i < 5; ++i) enqueue("ann@example.test");
  auto worker = make_worker({.probe_interval = 0ms});
  answer = {Delivery::Outcome::channel_down, "down"};
  EXPECT_EQ(run(worker.deliver_batch()), 5U);
  EXPECT_EQ(run(worker.deliver_batch()), 1U) << "before it is due: none is due";
  answer = {Delivery::Outcome::delivered};
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
  EXPECT_EQ(run(worker.deliver_batch()), 4U) << "it works: all others are due";
}

TEST_F(ChannelPg, I8_what_may_have_arrived_tries_no_channel) {
  enqueue("ann@example.test");
  auto worker = make_worker({.probe_interval = 0ms});
  answer = {Delivery::Outcome::unanswered, "no answer in time", 0s, true};
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
  EXPECT_EQ(run(worker.deliver_batch()), 0U);
  sql("UPDATE outbox SET due_at = now()");
  answer = {Delivery::Outcome::channel_down, "down"};
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
  EXPECT_EQ(run(worker.deliver_batch()), 0U) << "not before its own back-off";
  for (int i = 0; i < 5; ++i) enqueue("ben@example.test");
  EXPECT_EQ(run(worker.deliver_batch()), 1U) << "the channel is in trouble";
}

TEST_F(ChannelPg, a_message_of_next_week_tries_no_channel) {
  enqueue("ann@example.test");
  Message later{.event = "appointment.reminder",
                .channel = "email",
                .to = "ben@example.test",
                .subject = "Tomorrow",
                .text = "",
                .html = ""};
  later.leaves_at =
      std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now() + 168h);
  enqueue(later);
  auto worker = make_worker({.probe_interval = 0ms});
  answer = {Delivery::Outcome::channel_down, "down"};
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
  answer = {Delivery::Outcome::delivered};
  run(worker.deliver_batch());
  EXPECT_EQ(run(worker.deliver_batch()), 0U);
  sql("UPDATE outbox SET due_at = now() - interval '1 second' WHERE status = 'waiting'");
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
}

}  // namespace
}  // namespace frontdesk::queue

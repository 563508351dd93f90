#include "queue/testing_worker.hpp"

#include <chrono>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::queue {
namespace {

using namespace std::chrono_literals;
using frontdesk::testing::run;
using frontdesk::testing::sql;

class OrderPg : public testing::WorkerTest {};

TEST_F(OrderPg, messages_of_one_appointment_to_one_person_leave_in_their_order) {
  const auto appointment = AppointmentId::generate();
  for (const auto* text : {"booked", "moved", "cancelled"})
    enqueue_about(appointment, "ann@example.test", text);
  enqueue_about(appointment, "staff@example.test", "booked");
  auto first = make_worker();
  auto second = make_worker();
  answer = {Delivery::Outcome::try_later, "busy"};
  EXPECT_EQ(run(first.deliver_batch()), 2U) << "the first to each of both";
  sql("UPDATE outbox SET due_at = now() WHERE attempts = 0");
  EXPECT_EQ(run(second.deliver_batch()), 0U) << "the earlier one backs off";
  sql("UPDATE outbox SET due_at = now()");
  answer = {Delivery::Outcome::delivered};
  sent.clear();
  EXPECT_EQ(run(first.deliver_batch()), 2U);
  EXPECT_EQ(run(second.deliver_batch()), 1U);
  EXPECT_EQ(run(first.deliver_batch()), 1U);
  std::vector<std::string> order;
  for (const auto& [id, message] : sent) {
    if (message.to == "ann@example.test") order.push_back(message.text);
  }
  EXPECT_THAT(order, ::testing::ElementsAre("booked", "moved", "cancelled"));
}

TEST_F(OrderPg, a_message_that_is_given_up_lets_the_next_one_pass) {
  const auto appointment = AppointmentId::generate();
  for (const auto* text : {"booked", "moved"}) enqueue_about(appointment, "ann@example.test", text);
  auto worker = make_worker();
  answer = {Delivery::Outcome::never, "550"};
  run(worker.deliver_batch());
  answer = {Delivery::Outcome::delivered};
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
  EXPECT_EQ(sent.back().second.text, "moved");
}

TEST_F(OrderPg, what_leaves_later_holds_up_nothing_of_its_appointment) {
  const auto appointment = AppointmentId::generate();
  Message later{.event = "appointment.reminder",
                .channel = "email",
                .to = "ann@example.test",
                .subject = "Tomorrow",
                .text = "",
                .html = "",
                .appointment = appointment};
  later.leaves_at =
      std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now() + 168h);
  enqueue(later);
  enqueue_about(appointment, "ann@example.test", "cancelled");
  auto worker = make_worker();
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
}

}  // namespace
}  // namespace frontdesk::queue

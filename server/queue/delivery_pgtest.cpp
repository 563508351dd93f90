#include "queue/entries.hpp"
#include "queue/testing_worker.hpp"

#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::queue {
namespace {

using namespace std::chrono_literals;
using frontdesk::testing::run;
using frontdesk::testing::sql;
using frontdesk::testing::sql_count;
using frontdesk::testing::sql_value;
using ::testing::SizeIs;

class DeliveryPg : public testing::WorkerTest {};

TEST_F(DeliveryPg, R71_a_message_is_delivered_once_and_wiped) {
  enqueue("ann@example.test");
  auto worker = make_worker();
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
  EXPECT_EQ(run(worker.deliver_batch()), 0U);
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_EQ(sent[0].second.to, "ann@example.test");
  EXPECT_EQ(sent[0].second.text, "Your code is 123456");
  EXPECT_EQ(sql_value("SELECT status || ' ' || (sealed IS NULL) FROM outbox"), "delivered true");
}

TEST_F(DeliveryPg, R71_a_failed_attempt_waits_and_keeps_its_id) {
  enqueue("ann@example.test");
  answer = {Delivery::Outcome::try_later, "451 busy"};
  auto worker = make_worker();
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
  EXPECT_EQ(run(worker.deliver_batch()), 0U) << "not due before its back-off";
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE status = 'waiting' AND attempts = 1 AND "
                      "due_at BETWEEN now() + interval '1 second' AND now() + interval '3 seconds' "
                      "AND last_error = '451 busy'"),
            1);
  sql("UPDATE outbox SET due_at = now()");
  answer = {Delivery::Outcome::delivered};
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
  ASSERT_THAT(sent, SizeIs(2));
  EXPECT_EQ(sent[0].first, sent[1].first);
}

TEST_F(DeliveryPg, a_message_waits_as_long_as_the_other_side_asked_for_but_an_hour_at_most) {
  enqueue("ann@example.test");
  auto worker = make_worker();
  answer = {Delivery::Outcome::try_later, "429", 600s};
  run(worker.deliver_batch());
  EXPECT_EQ(
      sql_count("SELECT count(*) FROM outbox WHERE due_at BETWEEN now() + interval '9 minutes' "
                "AND now() + interval '15 minutes'"),
      1);
  sql("UPDATE outbox SET due_at = now()");
  answer = {Delivery::Outcome::try_later, "429", std::chrono::hours{48}};
  run(worker.deliver_batch());
  EXPECT_EQ(
      sql_count("SELECT count(*) FROM outbox WHERE due_at BETWEEN now() + interval '59 minutes' "
                "AND now() + interval '90 minutes'"),
      1);
}

TEST_F(DeliveryPg, a_recipient_in_trouble_waits_while_the_channel_works) {
  enqueue("ann@example.test");
  answer = {Delivery::Outcome::try_later, "451 greylisted"};
  auto worker = make_worker();
  run(worker.deliver_batch());
  enqueue("ben@example.test");
  answer = {Delivery::Outcome::delivered};
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
  EXPECT_EQ(run(worker.deliver_batch()), 0U) << "ann's keeps its back-off";
}

TEST_F(DeliveryPg, R71_after_three_days_a_message_is_dead) {
  enqueue("ann@example.test");
  sql("UPDATE outbox SET wanted_at = now() - interval '73 hours'");
  answer = {Delivery::Outcome::try_later, "down"};
  auto worker = make_worker();
  run(worker.deliver_batch());
  EXPECT_EQ(sql_value("SELECT status FROM outbox"), "dead");
}

TEST_F(DeliveryPg, I8_what_nobody_answered_is_tried_once_more_and_then_given_up) {
  enqueue("ann@example.test");
  auto worker = make_worker();
  answer = {Delivery::Outcome::unanswered, "message: the connection broke"};
  run(worker.deliver_batch());
  EXPECT_EQ(sql_value("SELECT status || ' ' || last_error || ' ' || (due_at > now()) FROM outbox"),
            "waiting message: the connection broke true");
  answer = {Delivery::Outcome::try_later, "451 busy"};  // of this there is no copy
  sql("UPDATE outbox SET due_at = now()");
  run(worker.deliver_batch());
  EXPECT_EQ(sql_value("SELECT status FROM outbox"), "waiting");
  answer = {Delivery::Outcome::unanswered, "message: the connection broke"};
  sql("UPDATE outbox SET due_at = now()");
  run(worker.deliver_batch());
  EXPECT_EQ(sql_value("SELECT status || ' ' || last_error FROM outbox"),
            "dead sent twice, never answered; message: the connection broke");
}

TEST_F(DeliveryPg, I8_an_operator_who_has_it_leave_again_begins_anew) {
  enqueue("ann@example.test");
  sql("UPDATE outbox SET unanswered = 2, status = 'dead'");
  const auto id = *Uuid::parse(sql_value("SELECT id FROM outbox"));
  run(
      [](db::Pool& on, const Uuid& which) -> Task<void> {
        auto lease = co_await on.acquire(deadline_in(5s));
        co_await retry_entry(*lease, which);
      },
      *pool, id);
  auto worker = make_worker();
  answer = {Delivery::Outcome::unanswered, "no answer in time"};
  run(worker.deliver_batch());
  EXPECT_EQ(sql_value("SELECT status FROM outbox"), "waiting");
}

TEST_F(DeliveryPg, a_recipient_who_can_never_be_reached_is_given_up_at_once) {
  enqueue("ann@example.test");
  answer = {Delivery::Outcome::never, "550 no such user"};
  auto worker = make_worker();
  run(worker.deliver_batch());
  EXPECT_EQ(sql_value("SELECT status FROM outbox"), "dead");
}

TEST_F(DeliveryPg, R71_what_nobody_wants_any_more_goes_and_holds_up_nothing) {
  const auto appointment = AppointmentId::generate();
  enqueue_about(appointment, "ann@example.test", "You are booked for 10:00");
  enqueue_about(appointment, "ann@example.test", "You are booked for 12:00");
  answer = {Delivery::Outcome::dropped, "stale"};
  auto worker = make_worker();
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox"), 1) << "it is no dead letter";
  answer = {Delivery::Outcome::delivered};
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
  EXPECT_EQ(sent.back().second.text, "You are booked for 12:00");
}

TEST_F(DeliveryPg, R71_what_may_have_arrived_before_it_was_dropped_is_not_forgotten) {
  enqueue("ann@example.test");
  auto worker = make_worker();
  answer = {Delivery::Outcome::unanswered, "timed out"};
  run(worker.deliver_batch());
  sql("UPDATE outbox SET due_at = now()");
  answer = {Delivery::Outcome::dropped, "stale"};
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
  EXPECT_EQ(sql_value("SELECT status || ': ' || last_error FROM outbox"),
            "dead: sent once, never answered; then stale");
}

TEST_F(DeliveryPg, a_message_sealed_under_another_key_is_given_up_and_named) {
  enqueue("ann@example.test");
  sql("UPDATE outbox SET sealed = set_byte(sealed, 20, (get_byte(sealed, 20) + 1) % 256)");
  auto worker = make_worker();
  run(worker.deliver_batch());
  EXPECT_THAT(sent, SizeIs(0));
  EXPECT_EQ(sql_value("SELECT status FROM outbox"), "dead");
}

}  // namespace
}  // namespace frontdesk::queue

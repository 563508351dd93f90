#include "queue/statements.hpp"
#include "queue/testing_worker.hpp"

#include <chrono>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::queue {
namespace {

using namespace std::chrono_literals;
using frontdesk::testing::run;
using frontdesk::testing::sql;
using frontdesk::testing::sql_count;
using ::testing::SizeIs;

class OutboxPg : public testing::WorkerTest {};

TEST_F(OutboxPg, every_statement_can_be_run) {
  frontdesk::testing::prepare_all(sql::all);
}

TEST_F(OutboxPg, R71_neither_recipient_nor_body_is_readable_in_the_database) {
  enqueue("ann@example.test");
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE encode(sealed, 'escape') LIKE '%ann%' "
                      "OR encode(sealed, 'escape') LIKE '%123456%'"),
            0);
}

TEST_F(OutboxPg, everything_that_goes_with_a_message_arrives) {
  Message message{.event = "appointment.booked",
                  .channel = "email",
                  .to = "ann@example.test",
                  .subject = "Süß",
                  .text = "text",
                  .html = "<p>html",
                  .to_name = "Ann Ö.",
                  .attachments = {{.content_type = "text/calendar; method=REQUEST",
                                   .filename = "Termin für dich.ics",
                                   .content = std::string("BEGIN\0:\xff", 9),
                                   .is_alternative = true}},
                  .headers = {{"List-Unsubscribe", "<https://example.test/u>"}}};
  enqueue(message);
  auto worker = make_worker();
  run(worker.deliver_batch());
  ASSERT_THAT(sent, SizeIs(1));
  const auto& got = sent[0].second;
  EXPECT_EQ(got.to_name, message.to_name);
  EXPECT_EQ(got.headers, message.headers);
  ASSERT_THAT(got.attachments, SizeIs(1));
  EXPECT_EQ(got.attachments[0].content, message.attachments[0].content);
  EXPECT_EQ(got.attachments[0].filename, message.attachments[0].filename);
  EXPECT_TRUE(got.attachments[0].is_alternative);
}

TEST_F(OutboxPg, R33_a_header_of_two_lines_is_a_bug) {
  Message message{
      .event = "e", .channel = "email", .to = "a@b.c", .subject = "", .text = "", .html = ""};
  message.headers = {{"List-Unsubscribe", "x\r\nBcc: y@example.test"}};
  EXPECT_DEATH(enqueue(message), "invariant broken");
}

TEST_F(OutboxPg, a_sender_sees_what_a_message_is_about_and_whose_it_is) {
  const auto appointment = AppointmentId::generate();
  enqueue_about(appointment, "ann@example.test", "booked");
  auto worker = make_worker();
  run(worker.deliver_batch());
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_EQ(sent[0].second.event, "appointment.booked");
  EXPECT_EQ(sent[0].second.appointment, appointment);
}

TEST_F(OutboxPg, a_sender_is_told_what_and_whom_a_message_is_about) {
  const auto user = UserId::generate();
  const auto appointment = AppointmentId::generate();
  enqueue({.event = "appointment.booked",
           .channel = "email",
           .to = "ann@example.test",
           .subject = "",
           .text = "",
           .html = "",
           .user = user,
           .appointment = appointment});
  auto worker = make_worker();
  run(worker.deliver_batch());
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_EQ(sent[0].second.event, "appointment.booked");
  EXPECT_EQ(sent[0].second.channel, "email");
  EXPECT_EQ(sent[0].second.user, user);
  EXPECT_EQ(sent[0].second.appointment, appointment);
}

TEST_F(OutboxPg, I8_a_message_with_an_id_of_its_own_is_added_once) {
  const auto id = Uuid::generate();
  const auto add = [](db::Pool& on, Outbox& into, const Uuid& as) -> Task<void> {
    auto lease = co_await on.acquire(deadline_in(5s));
    db::Batch batch;
    into.enqueue_once(batch, as,
                      {.event = "auth.code",
                       .channel = "email",
                       .to = "ann@example.test",
                       .subject = "",
                       .text = "",
                       .html = ""});
    co_await lease->execute_batch(std::move(batch));
  };
  run(add, *pool, outbox, id);
  run(add, *pool, outbox, id);
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE status = 'waiting'"), 1);
  auto worker = make_worker();
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
  run(add, *pool, outbox, id);
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE status = 'waiting'"), 0);
}

TEST_F(OutboxPg, R71_bodies_are_wiped_a_day_after_the_inbox_got_them) {
  enqueue("ann@example.test");
  script.keeps_bodies = true;
  auto worker = make_worker();
  run(worker.deliver_batch());
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE sealed IS NOT NULL"), 1);
  sql("UPDATE outbox SET delivered_at = now() - interval '25 hours'");
  run(
      [](db::Pool& pool) -> Task<void> {
        auto lease = co_await pool.acquire(deadline_in(5s));
        co_await lease->execute(sql::wipe_delivered);
      },
      *pool);
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE sealed IS NOT NULL"), 0);
}

}  // namespace
}  // namespace frontdesk::queue

#include "queue/development_inbox.hpp"
#include "queue/outbox.hpp"
#include "queue/statements.hpp"
#include "queue/worker.hpp"
#include "support/database.hpp"

#include <array>

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

constexpr std::array<std::uint8_t, DataKey::size_bytes> key_bytes{1, 2, 3};

// What a test tells its senders, and what they tell it.
struct Script {
  Delivery answer{Delivery::Outcome::delivered};
  std::size_t capacity = Sender::most_at_once;
  bool keeps_bodies = false;
  std::chrono::milliseconds takes{0};
  std::vector<std::pair<Uuid, Message>> sent = {};
  std::size_t under_way = 0;
  std::size_t most_under_way = 0;
};

class ScriptedSender final : public Sender {
 public:
  explicit ScriptedSender(Script& script) : script_(script) {}
  [[nodiscard]] std::string_view channel() const override { return "email"; }
  [[nodiscard]] std::size_t capacity() const override { return script_.capacity; }
  [[nodiscard]] bool keeps_bodies() const override { return script_.keeps_bodies; }
  Task<Delivery> send(const Uuid& id, const Message& message, Deadline) override {
    script_.sent.emplace_back(id, message);
    script_.most_under_way = std::max(script_.most_under_way, ++script_.under_way);
    if (script_.takes.count() > 0) {
      co_await WakeUp(frontdesk::testing::io()).wait(deadline_in(script_.takes));
    }
    --script_.under_way;
    co_return script_.answer;
  }

 private:
  Script& script_;
};

class QueuePg : public ::testing::Test {
 protected:
  void SetUp() override { frontdesk::testing::reset(); }

  void enqueue(const std::string& to, const std::string& channel = "email") {
    enqueue({.event = "auth.code",
             .channel = channel,
             .to = to,
             .subject = "Your code",
             .text = "Your code is 123456",
             .html = ""});
  }

  void enqueue_about(const AppointmentId& appointment, const std::string& to,
                     const std::string& text) {
    enqueue({.event = "appointment.booked",
             .channel = "email",
             .to = to,
             .subject = "Your appointment",
             .text = text,
             .html = "",
             .appointment = appointment});
  }

  void enqueue(const Message& message) {
    run(
        [](db::Pool& on, Outbox& into, const Message& what) -> Task<void> {
          auto lease = co_await on.acquire(deadline_in(5s));
          co_await into.enqueue(*lease, what);
        },
        *pool, outbox, message);
  }

  Worker make_worker(WorkerOptions options = {}) {
    std::vector<std::unique_ptr<Sender>> senders;
    senders.push_back(std::make_unique<ScriptedSender>(script));
    return Worker(frontdesk::testing::io(), *pool, key, std::move(senders), std::move(options));
  }

  const DataKey key{key_bytes};
  Outbox outbox{key};
  std::unique_ptr<db::Pool> pool = frontdesk::testing::make_pool();
  Script script;
  Delivery& answer = script.answer;
  std::vector<std::pair<Uuid, Message>>& sent = script.sent;
};

TEST_F(QueuePg, every_statement_can_be_run) {
  frontdesk::testing::prepare_all(sql::all);
}

TEST_F(QueuePg, R71_neither_recipient_nor_body_is_readable_in_the_database) {
  enqueue("ann@example.test");
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE encode(sealed, 'escape') LIKE '%ann%' "
                      "OR encode(sealed, 'escape') LIKE '%123456%'"),
            0);
}

TEST_F(QueuePg, R71_a_message_is_delivered_once_and_wiped) {
  enqueue("ann@example.test");
  auto worker = make_worker();
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
  EXPECT_EQ(run(worker.deliver_batch()), 0U);
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_EQ(sent[0].second.to, "ann@example.test");
  EXPECT_EQ(sent[0].second.text, "Your code is 123456");
  EXPECT_EQ(sql_value("SELECT status || ' ' || (sealed IS NULL) FROM outbox"), "delivered true");
}

TEST_F(QueuePg, R71_a_failed_attempt_waits_and_keeps_its_id) {
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

TEST_F(QueuePg, R71_a_channel_that_works_again_sends_what_waited_at_once) {
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

TEST_F(QueuePg, a_message_waits_as_long_as_the_other_side_asked_for_but_an_hour_at_most) {
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

TEST_F(QueuePg, a_sender_sees_what_a_message_is_about_and_whose_it_is) {
  const auto appointment = AppointmentId::generate();
  enqueue_about(appointment, "ann@example.test", "booked");
  auto worker = make_worker();
  run(worker.deliver_batch());
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_EQ(sent[0].second.event, "appointment.booked");
  EXPECT_EQ(sent[0].second.appointment, appointment);
}

TEST_F(QueuePg, R71_after_three_days_a_message_is_dead) {
  enqueue("ann@example.test");
  sql("UPDATE outbox SET wanted_at = now() - interval '73 hours'");
  answer = {Delivery::Outcome::try_later, "down"};
  auto worker = make_worker();
  run(worker.deliver_batch());
  EXPECT_EQ(sql_value("SELECT status FROM outbox"), "dead");
}

TEST_F(QueuePg, a_recipient_who_can_never_be_reached_is_given_up_at_once) {
  enqueue("ann@example.test");
  answer = {Delivery::Outcome::never, "550 no such user"};
  auto worker = make_worker();
  run(worker.deliver_batch());
  EXPECT_EQ(sql_value("SELECT status FROM outbox"), "dead");
}

TEST_F(QueuePg, R71_a_leased_message_is_left_to_its_worker_until_the_lease_ends) {
  enqueue("ann@example.test");
  sql("UPDATE outbox SET leased_until = now() + interval '60 seconds'");
  auto worker = make_worker();
  EXPECT_EQ(run(worker.deliver_batch()), 0U);
  sql("UPDATE outbox SET leased_until = now() - interval '1 second'");
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
}

TEST_F(QueuePg, a_channel_without_a_sender_keeps_its_messages) {
  enqueue("+4930123456", "sms");
  auto worker = make_worker();
  EXPECT_EQ(run(worker.deliver_batch()), 0U);
  EXPECT_EQ(sql_value("SELECT status FROM outbox"), "waiting");
}

TEST_F(QueuePg, a_message_sealed_under_another_key_is_given_up_and_named) {
  enqueue("ann@example.test");
  sql("UPDATE outbox SET sealed = set_byte(sealed, 20, (get_byte(sealed, 20) + 1) % 256)");
  auto worker = make_worker();
  run(worker.deliver_batch());
  EXPECT_THAT(sent, SizeIs(0));
  EXPECT_EQ(sql_value("SELECT status FROM outbox"), "dead");
}

TEST_F(QueuePg, the_inbox_shows_the_newest_first_and_one_persons_alone) {
  enqueue("ann@example.test");
  enqueue("ben@example.test");
  DevelopmentInbox inbox(*pool, key);
  const auto all = run(inbox.list("", deadline_in(5s)));
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].message.to, "ben@example.test");
  const auto anns = run(inbox.list("ann@example.test", deadline_in(5s)));
  ASSERT_THAT(anns, SizeIs(1));
  EXPECT_EQ(anns[0].message.subject, "Your code");
}

TEST_F(QueuePg, R71_bodies_are_wiped_a_day_after_the_inbox_got_them) {
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

TEST_F(QueuePg, a_recipient_in_trouble_waits_while_the_channel_works) {
  enqueue("ann@example.test");
  answer = {Delivery::Outcome::try_later, "451 greylisted"};
  auto worker = make_worker();
  run(worker.deliver_batch());
  enqueue("ben@example.test");
  answer = {Delivery::Outcome::delivered};
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
  EXPECT_EQ(run(worker.deliver_batch()), 0U) << "ann's keeps its back-off";
}

TEST_F(QueuePg, R71_after_a_failure_of_the_channel_one_message_tries_it) {
  for (int i = 0; i < 5; ++i) enqueue("ann@example.test");
  auto worker = make_worker({.probe_interval = 0ms});
  answer = {Delivery::Outcome::channel_down, "down"};
  EXPECT_EQ(run(worker.deliver_batch()), 5U);
  EXPECT_EQ(run(worker.deliver_batch()), 1U) << "before it is due: none is due";
  answer = {Delivery::Outcome::delivered};
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
  EXPECT_EQ(run(worker.deliver_batch()), 4U) << "it works: all others are due";
}

TEST_F(QueuePg, a_message_of_next_week_tries_no_channel) {
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

TEST_F(QueuePg, what_leaves_later_holds_up_nothing_of_its_appointment) {
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

TEST_F(QueuePg, I8_a_message_with_an_id_of_its_own_is_added_once) {
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

TEST_F(QueuePg, a_sender_is_told_what_and_whom_a_message_is_about) {
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

TEST_F(QueuePg, the_development_inbox_shows_messages_and_not_what_they_are_made_of) {
  enqueue("ann@example.test", "event");
  enqueue("ann@example.test");
  DevelopmentInbox inbox(*pool, key);
  EXPECT_THAT(run(inbox.list("", deadline_in(5s))), SizeIs(1));
}

TEST_F(QueuePg, messages_of_one_appointment_to_one_person_leave_in_their_order) {
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

TEST_F(QueuePg, a_message_that_is_given_up_lets_the_next_one_pass) {
  const auto appointment = AppointmentId::generate();
  for (const auto* text : {"booked", "moved"}) enqueue_about(appointment, "ann@example.test", text);
  auto worker = make_worker();
  answer = {Delivery::Outcome::never, "550"};
  run(worker.deliver_batch());
  answer = {Delivery::Outcome::delivered};
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
  EXPECT_EQ(sent.back().second.text, "moved");
}

TEST_F(QueuePg, R72_no_more_are_sent_at_a_time_than_the_sender_takes) {
  for (int i = 0; i < 60; ++i) enqueue("ann@example.test");
  script.takes = 5ms;
  auto worker = make_worker();
  EXPECT_EQ(run(worker.deliver_batch()), 60U);
  EXPECT_EQ(script.most_under_way, Sender::most_at_once);
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE status = 'delivered' AND attempts = 1"),
            60);
}

TEST_F(QueuePg, what_is_claimed_and_not_begun_in_time_is_given_back) {
  for (int i = 0; i < 40; ++i) enqueue("ann@example.test");
  script.takes = 200ms;
  auto worker = make_worker({.begin_within = 100ms});
  run(worker.deliver_batch());
  EXPECT_THAT(sent, SizeIs(16));
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE status = 'waiting' AND attempts = 0 AND "
                      "leased_until IS NULL"),
            24);
}

TEST_F(QueuePg, R72_nothing_is_claimed_while_the_circuit_is_open) {
  enqueue("ann@example.test");
  script.capacity = 0;
  auto worker = make_worker();
  EXPECT_EQ(run(worker.deliver_batch()), 0U);
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE attempts = 0"), 1);
}

TEST_F(QueuePg, a_worker_that_lost_its_lease_changes_nothing) {
  enqueue("ann@example.test");
  script.takes = 300ms;
  answer = {Delivery::Outcome::never, "550"};
  auto worker = make_worker();
  asio::co_spawn(frontdesk::testing::io(), worker.deliver_batch(),
                 [](std::exception_ptr, std::size_t) {});
  frontdesk::testing::await([&] { return script.under_way == 1; });
  sql("UPDATE outbox SET attempts = 2, leased_until = now() + interval '60 seconds'");  // another's
  frontdesk::testing::await([&] { return script.under_way == 0; });
  frontdesk::testing::idle(100ms);
  EXPECT_EQ(sql_value("SELECT status || ' ' || (leased_until > now()) FROM outbox"),
            "waiting true");
}

TEST_F(QueuePg, two_workers_never_hold_the_same_message) {
  for (int i = 0; i < 150; ++i) enqueue("ann@example.test");
  script.takes = 2ms;
  auto first = make_worker({.idle_pause = 10ms, .batch_size = 20});
  auto second = make_worker({.idle_pause = 10ms, .batch_size = 20});
  for (auto* worker : {&first, &second}) {
    asio::co_spawn(frontdesk::testing::io(), worker->run(), [](std::exception_ptr) {});
  }
  frontdesk::testing::await([&] { return sent.size() >= 150; });
  for (auto* worker : {&first, &second}) run(worker->finish(deadline_in(5s)));
  EXPECT_THAT(sent, SizeIs(150));
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE status = 'delivered' AND attempts = 1"),
            150);
}

TEST_F(QueuePg, the_worker_hears_the_bell) {
  Bell bell;
  const Outbox here(key, &bell);
  auto worker = make_worker({.idle_pause = 1h, .bell = &bell});
  asio::co_spawn(frontdesk::testing::io(), worker.run(), [](std::exception_ptr) {});
  frontdesk::testing::idle(600ms);  // past its quick looks
  for (std::size_t i = 1; i <= 3; ++i) {
    run(
        [](db::Pool& on, const Outbox& into) -> Task<void> {
          auto lease = co_await on.acquire(deadline_in(5s));
          const Message message{.event = "auth.code",
                                .channel = "email",
                                .to = "ann@example.test",
                                .subject = "",
                                .text = "",
                                .html = ""};
          co_await into.enqueue(*lease, message);
        },
        *pool, here);
    frontdesk::testing::await([&] { return sent.size() == i; });
  }
  run(worker.finish(deadline_in(5s)));
}

TEST_F(QueuePg, R44_a_worker_that_stops_ends_what_it_has_begun_and_gives_back_the_rest) {
  for (int i = 0; i < 40; ++i) enqueue("ann@example.test");
  script.takes = 200ms;
  auto worker = make_worker();
  asio::co_spawn(frontdesk::testing::io(), worker.run(), [](std::exception_ptr) {});
  frontdesk::testing::await([&] { return script.under_way == 16; });
  run(worker.finish(deadline_in(5s)));
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE status = 'delivered'"), 16);
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE status = 'waiting' AND attempts = 0 AND "
                      "leased_until IS NULL"),
            24);
}

TEST_F(QueuePg, everything_that_goes_with_a_message_arrives) {
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

TEST_F(QueuePg, R33_a_header_of_two_lines_is_a_bug) {
  Message message{
      .event = "e", .channel = "email", .to = "a@b.c", .subject = "", .text = "", .html = ""};
  message.headers = {{"List-Unsubscribe", "x\r\nBcc: y@example.test"}};
  EXPECT_DEATH(enqueue(message), "invariant broken");
}

TEST_F(QueuePg, the_worker_runs_until_it_is_stopped) {
  enqueue("ann@example.test");
  auto worker = make_worker({.idle_pause = 10ms});
  asio::co_spawn(frontdesk::testing::io(), worker.run(), [](std::exception_ptr) {});
  frontdesk::testing::await([&] { return sent.size() == 1; });
  enqueue("ben@example.test");
  frontdesk::testing::await([&] { return sent.size() == 2; });
  worker.stop();
  frontdesk::testing::idle(50ms);
}

}  // namespace
}  // namespace frontdesk::queue

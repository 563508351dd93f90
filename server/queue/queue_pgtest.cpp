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

// Answers what the test tells it to, and remembers what it was given.
class ScriptedSender final : public Sender {
 public:
  ScriptedSender(Delivery& answer, std::vector<std::pair<Uuid, Message>>& sent)
      : answer_(answer), sent_(sent) {}
  [[nodiscard]] std::string_view channel() const override { return "email"; }
  Task<Delivery> send(const Uuid& id, const Message& message, Deadline) override {
    sent_.emplace_back(id, message);
    co_return answer_;
  }

 private:
  Delivery& answer_;
  std::vector<std::pair<Uuid, Message>>& sent_;
};

class QueuePg : public ::testing::Test {
 protected:
  void SetUp() override { frontdesk::testing::reset(); }

  void enqueue(const std::string& to, const std::string& channel = "email") {
    const Message message{.event = "auth.code",
                          .channel = channel,
                          .to = to,
                          .subject = "Your code",
                          .text = "Your code is 123456",
                          .html = ""};
    run(
        [](db::Pool& on, Outbox& into, const Message& what) -> Task<void> {
          auto lease = co_await on.acquire(deadline_in(5s));
          co_await into.enqueue(*lease, what);
        },
        *pool, outbox, message);
  }

  Worker make_worker(WorkerOptions options = {}) {
    std::vector<std::unique_ptr<Sender>> senders;
    senders.push_back(std::make_unique<ScriptedSender>(answer, sent));
    return Worker(frontdesk::testing::io(), *pool, key, std::move(senders), std::move(options));
  }

  const DataKey key{key_bytes};
  Outbox outbox{key};
  std::unique_ptr<db::Pool> pool = frontdesk::testing::make_pool();
  Delivery answer{Delivery::Outcome::delivered};
  std::vector<std::pair<Uuid, Message>> sent;
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
  answer = {Delivery::Outcome::try_later, "down"};
  auto worker = make_worker();
  run(worker.deliver_batch());
  sql("UPDATE outbox SET due_at = now() + interval '15 minutes'; "
      "UPDATE outbox SET due_at = now() WHERE id = (SELECT min(id::text)::uuid FROM outbox)");
  answer = {Delivery::Outcome::delivered};
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
  EXPECT_EQ(run(worker.deliver_batch()), 1U) << "the other one became due";
}

TEST_F(QueuePg, R71_after_three_days_a_message_is_dead) {
  enqueue("ann@example.test");
  sql("UPDATE outbox SET created_at = now() - interval '73 hours'");
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
  auto worker = make_worker({.keep_bodies = true});
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

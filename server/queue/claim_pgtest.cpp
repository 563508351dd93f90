#include "queue/statements.hpp"
#include "queue/testing_worker.hpp"

#include <chrono>
#include <cstdint>
#include <exception>
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
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

class ClaimPg : public testing::WorkerTest {};

TEST_F(ClaimPg, R71_a_leased_message_is_left_to_its_worker_until_the_lease_ends) {
  enqueue("ann@example.test");
  sql("UPDATE outbox SET leased_until = now() + interval '60 seconds'");
  auto worker = make_worker();
  EXPECT_EQ(run(worker.deliver_batch()), 0U);
  sql("UPDATE outbox SET leased_until = now() - interval '1 second'");
  EXPECT_EQ(run(worker.deliver_batch()), 1U);
}

TEST_F(ClaimPg, a_worker_that_lost_its_lease_changes_nothing) {
  enqueue("ann@example.test");
  script.takes = 300ms;
  for (const auto outcome : {Delivery::Outcome::never, Delivery::Outcome::dropped}) {
    sql("UPDATE outbox SET leased_until = NULL");
    answer = {outcome, "as the test says"};
    auto worker = make_worker();
    asio::co_spawn(frontdesk::testing::io(), worker.deliver_batch(),
                   [](std::exception_ptr, std::size_t) {});
    frontdesk::testing::await([&] { return script.under_way == 1; });
    // Another's by now.
    sql("UPDATE outbox SET claims = claims + 1, leased_until = now() + interval '60 seconds'");
    frontdesk::testing::await([&] { return script.under_way == 0; });
    frontdesk::testing::idle(100ms);
    EXPECT_EQ(sql_value("SELECT status || ' ' || (leased_until > now()) FROM outbox"),
              "waiting true");
  }
}

// Whose lease a claim is, or -1 where there is nothing to claim.
Task<std::int32_t> claim_one(db::Pool& pool) {
  auto lease = co_await pool.acquire(deadline_in(5s));
  const auto rows = co_await lease->execute(sql::claim_outbox, "email", std::int64_t{1});
  co_return rows.empty() ? -1 : rows[0].get<std::int32_t>(1);
}

Task<void> release_one(db::Pool& pool, Uuid id, std::int32_t claim) {
  auto lease = co_await pool.acquire(deadline_in(5s));
  co_await lease->execute(sql::release_outbox, std::vector<Uuid>{id},
                          std::vector<std::int32_t>{claim});
}

TEST_F(ClaimPg, a_release_whose_answer_was_lost_frees_nobody_elses_lease) {
  enqueue("ann@example.test");
  const auto id = *Uuid::parse(sql_value("SELECT id FROM outbox"));
  const auto mine = run(claim_one(*pool));
  run(release_one(*pool, id, mine));
  const auto anothers = run(claim_one(*pool));
  run(release_one(*pool, id, mine));
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE leased_until > now() AND attempts = 1"),
            1);
  run(release_one(*pool, id, anothers));
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE leased_until IS NULL AND attempts = 0"),
            1);
}

Task<void> fail_one(db::Pool& pool, Uuid id, std::int32_t claim) {
  auto lease = co_await pool.acquire(deadline_in(5s));
  co_await lease->execute(sql::record_failed, std::vector<Uuid>{id},
                          std::vector<std::int32_t>{claim}, std::vector<std::string>{"unanswered"},
                          std::vector<std::string>{"no answer"}, std::vector<double>{0});
}

TEST_F(ClaimPg, a_failure_that_is_written_down_again_counts_once) {
  enqueue("ann@example.test");
  const auto id = *Uuid::parse(sql_value("SELECT id FROM outbox"));
  const auto claim = run(claim_one(*pool));
  run(fail_one(*pool, id, claim));
  run(fail_one(*pool, id, claim));
  EXPECT_EQ(sql_value("SELECT status || ' ' || unanswered FROM outbox"), "waiting 1");
}

TEST_F(ClaimPg, two_workers_never_hold_the_same_message) {
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

TEST_F(ClaimPg, R72_no_more_are_sent_at_a_time_than_the_sender_takes) {
  for (int i = 0; i < 60; ++i) enqueue("ann@example.test");
  script.takes = 5ms;
  auto worker = make_worker();
  EXPECT_EQ(run(worker.deliver_batch()), 60U);
  EXPECT_EQ(script.most_under_way, Sender::most_at_once);
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE status = 'delivered' AND attempts = 1"),
            60);
}

TEST_F(ClaimPg, what_is_claimed_and_not_begun_in_time_is_given_back) {
  for (int i = 0; i < 40; ++i) enqueue("ann@example.test");
  script.takes = 200ms;
  auto worker = make_worker({.begin_within = 100ms});
  run(worker.deliver_batch());
  EXPECT_THAT(sent, SizeIs(16));
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE status = 'waiting' AND attempts = 0 AND "
                      "leased_until IS NULL"),
            24);
}

TEST_F(ClaimPg, R72_nothing_is_claimed_while_the_circuit_is_open) {
  enqueue("ann@example.test");
  script.capacity = 0;
  auto worker = make_worker();
  EXPECT_EQ(run(worker.deliver_batch()), 0U);
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE attempts = 0"), 1);
}

}  // namespace
}  // namespace frontdesk::queue

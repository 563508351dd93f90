#include "queue/testing_worker.hpp"

#include <chrono>
#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::queue {
namespace {

using namespace std::chrono_literals;
using frontdesk::testing::await;
using frontdesk::testing::run;
using frontdesk::testing::sql;
using frontdesk::testing::sql_count;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// What a round of house-keeping does beside its own statements.
struct Chores {
  bool have_begun = false;
  bool may_end = true;
  bool have_ended = false;
  bool fail = false;
};

Task<void> keep(Chores& chores) {
  chores.have_begun = true;
  while (!chores.may_end) co_await WakeUp(frontdesk::testing::io()).wait(deadline_in(5ms));
  chores.have_ended = true;
  if (chores.fail) throw std::runtime_error("an image cannot be removed");
}

class HouseKeeperPg : public testing::WorkerTest {
 protected:
  Worker make_keeping_worker() {
    return make_worker({.idle_pause = 10ms,
                        .house_keeping = [this] { return keep(chores); },
                        .log = [this](std::string_view line) { lines.emplace_back(line); }});
  }

  static void begin(Worker& worker) {
    asio::co_spawn(frontdesk::testing::io(), worker.run(), [](std::exception_ptr) {});
  }

  /// One round, from the start of a worker to its end.
  void keep_house() {
    auto worker = make_keeping_worker();
    begin(worker);
    await([&] { return chores.have_ended; });
    run(worker.finish(deadline_in(5s)));
  }

  Chores chores;
  std::vector<std::string> lines;
};

TEST_F(HouseKeeperPg, R71_what_nobody_sends_for_three_days_is_given_up) {
  enqueue("+4930123456", "sms");
  sql("UPDATE outbox SET wanted_at = now() - interval '73 hours', due_at = wanted_at");
  keep_house();
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE status = 'dead' AND sealed IS NOT NULL "
                      "AND last_error = 'nobody sent it within 72 hours'"),
            1);
}

TEST_F(HouseKeeperPg, R71_a_worker_that_was_away_for_days_sends_no_flood) {
  for (int i = 0; i < 5; ++i) enqueue("ann@example.test");
  sql("UPDATE outbox SET wanted_at = now() - interval '80 hours', due_at = wanted_at, "
      "last_error = 'no connection'");
  keep_house();
  EXPECT_THAT(sent, IsEmpty());
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE status = 'dead' AND last_error LIKE "
                      "'nobody sent it % no connection'"),
            5);
}

TEST_F(HouseKeeperPg, what_is_held_backs_off_or_leaves_later_is_not_given_up) {
  for (int i = 0; i < 3; ++i) enqueue("+4930123456", "sms");
  sql("UPDATE outbox SET wanted_at = now() - interval '73 hours', due_at = wanted_at, "
      "leased_until = now() + interval '1 minute' WHERE sequence % 3 = 0");
  sql("UPDATE outbox SET wanted_at = now() - interval '73 hours', "
      "due_at = now() + interval '1 minute' WHERE sequence % 3 = 1");
  sql("UPDATE outbox SET created_at = now() - interval '90 hours', "
      "wanted_at = now() + interval '1 day', due_at = wanted_at WHERE sequence % 3 = 2");
  keep_house();
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE status = 'waiting'"), 3);
}

TEST_F(HouseKeeperPg, old_rows_go_however_many_there_are) {
  sql("INSERT INTO outbox (id, event, channel, status, delivered_at, wanted_at) "
      "SELECT gen_random_uuid(), 'e', 'email', status, CASE status WHEN 'delivered' THEN "
      "now() - interval '31 days' END, now() - interval '91 days' "
      "FROM generate_series(1, 2500), unnest('{delivered,dead}'::text[]) AS status");
  keep_house();
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox"), 0);
}

TEST_F(HouseKeeperPg, house_keeping_holds_up_no_message_and_is_ended) {
  chores.may_end = false;
  auto worker = make_keeping_worker();
  begin(worker);
  await([&] { return chores.have_begun; });
  enqueue("ann@example.test");
  await([&] { return sent.size() == 1; });
  run(worker.finish(deadline_in(100ms)));
  EXPECT_FALSE(chores.have_ended);
  bool ended = false;
  asio::co_spawn(frontdesk::testing::io(), worker.finish(deadline_in(5s)),
                 [&](std::exception_ptr) { ended = true; });
  frontdesk::testing::idle(50ms);
  EXPECT_FALSE(ended);
  chores.may_end = true;
  await([&] { return ended; });
  EXPECT_TRUE(chores.have_ended);
}

TEST_F(HouseKeeperPg, its_faults_are_called_by_their_name) {
  chores.fail = true;
  keep_house();
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_THAT(lines[0], HasSubstr("house-keeping"));
  EXPECT_THAT(lines[0], HasSubstr("an image cannot be removed"));
}

}  // namespace
}  // namespace frontdesk::queue

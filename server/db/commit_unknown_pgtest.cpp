// Connections that are cut at COMMIT.
#include "db/transaction.hpp"
#include "support/cutting_proxy.hpp"
#include "support/database.hpp"

#include <gtest/gtest.h>

namespace frontdesk::db {
namespace {

using namespace std::chrono_literals;
using testing::await;
using testing::CuttingProxy;
using testing::make_pool;
using testing::run;

constexpr Statement insert_closure{"insert_closure", "INSERT INTO closures (date) VALUES ($1)"};
constexpr Statement select_one{"select_one", "SELECT 1"};

LocalDate day(int n) {
  return LocalDate(std::chrono::days(20'000 + n));
}

std::int64_t closures() {
  return testing::sql_count("SELECT count(*) FROM closures");
}

class Commits : public ::testing::Test {
 protected:
  void SetUp() override { testing::reset(); }

  void commit_through_proxy(CuttingProxy::Cut cut, bool in_one_go) {
    CuttingProxy proxy;
    auto pool = make_pool({.url = proxy.url(), .size = 1});
    {
      auto transaction = run(Transaction::begin(run(pool->acquire(deadline_in(20s)))));
      run(transaction.execute(select_one));
      proxy.arm(cut);
      if (in_one_go) {
        EXPECT_THROW(run(transaction.commit_with(Batch().add(insert_closure, day(1)))),
                     CommitUnknown);
      } else {
        run(transaction.execute(insert_closure, day(1)));
        EXPECT_THROW(run(transaction.commit()), CommitUnknown);
      }
      EXPECT_FALSE(transaction.is_open());
    }
    // As R56 wants it: look on a new connection.
    const auto lease = run(pool->acquire(deadline_in(20s)));
    EXPECT_EQ(run(lease->execute(select_one)).size(), 1u);
  }
};

TEST_F(Commits, R56_are_unknown_when_the_connection_breaks_before_the_server_sees_them) {
  commit_through_proxy(CuttingProxy::Cut::before_commit, false);
  EXPECT_EQ(closures(), 0);
  commit_through_proxy(CuttingProxy::Cut::before_commit, true);
  EXPECT_EQ(closures(), 0);
}

TEST_F(Commits, R56_are_unknown_when_their_answer_is_lost) {
  commit_through_proxy(CuttingProxy::Cut::after_commit, false);
  await([] { return closures() == 1; });
  testing::reset();
  commit_through_proxy(CuttingProxy::Cut::after_commit, true);
  await([] { return closures() == 1; });
}

TEST_F(Commits, R56_are_not_in_doubt_when_the_connection_broke_before) {
  auto pool = make_pool({.size = 1});
  auto transaction = run(Transaction::begin(run(pool->acquire(deadline_in(20s)))));
  run(transaction.execute(insert_closure, day(1)));
  testing::sql("SELECT pg_terminate_backend(" +
               std::to_string(transaction.connection().backend_pid()) + ", 5000)");
  EXPECT_THROW(run(transaction.commit()), ConnectionLost);
  EXPECT_EQ(closures(), 0);
}

}  // namespace
}  // namespace frontdesk::db

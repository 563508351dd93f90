#include "db/transaction.hpp"
#include "support/database.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/detached.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::db {
namespace {

using namespace std::chrono_literals;
using testing::await;
using testing::io;
using testing::make_pool;
using testing::run;
using testing::sql_count;

constexpr Statement insert_closure{"insert_closure", "INSERT INTO closures (date) VALUES ($1)"};
constexpr Statement select_one{"select_one", "SELECT 1"};
constexpr Statement divide{"divide", "SELECT 1 / $1"};
constexpr Statement fail_with{"fail_with", "SELECT fail_with($1)"};

constexpr Statement try_lock{"try_lock", "SELECT pg_try_advisory_xact_lock(42)"};

LocalDate day(int n) {
  return LocalDate(std::chrono::days(20'000 + n));
}

std::int64_t closures() {
  return sql_count("SELECT count(*) FROM closures");
}

class Transactions : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    testing::sql(
        "CREATE FUNCTION fail_with(state text) RETURNS integer LANGUAGE plpgsql AS "
        "$$BEGIN RAISE EXCEPTION USING ERRCODE = state, MESSAGE = 'on purpose'; END$$");
  }
  static void TearDownTestSuite() { testing::sql("DROP FUNCTION fail_with"); }
  void SetUp() override { testing::reset(); }

  Transaction begin() { return run(Transaction::begin(run(pool_->acquire(deadline_in(20s))))); }

  std::unique_ptr<Pool> pool_ = make_pool({.size = 2});
};

TEST_F(Transactions, R52_are_read_committed_and_invisible_until_they_commit) {
  constexpr Statement isolation{"isolation",
                                "SELECT current_setting('transaction_isolation'), "
                                "pg_current_xact_id()::text = pg_current_xact_id()::text"};
  auto transaction = begin();
  EXPECT_EQ(run(transaction.execute(isolation))[0].get<std::string>(0), "read committed");
  run(transaction.execute(insert_closure, day(1)));
  EXPECT_EQ(closures(), 0);
  run(transaction.commit());
  EXPECT_FALSE(transaction.is_open());
  EXPECT_EQ(closures(), 1);
}

TEST_F(Transactions, begin_with_their_first_statement) {
  auto transaction = begin();
  EXPECT_EQ(sql_count("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%' AND "
                      "usename = 'frontdesk_app'"),
            0);
  run(transaction.connection().execute(select_one));
  EXPECT_EQ(sql_count("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%' AND "
                      "usename = 'frontdesk_app'"),
            1);
}

TEST_F(Transactions, roll_back_in_their_destructor) {
  {
    auto transaction = begin();
    run(transaction.execute(insert_closure, day(1)));
  }
  await([] {
    return sql_count("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%'") == 0;
  });
  EXPECT_EQ(closures(), 0);
}

TEST_F(Transactions, may_hold_nothing_at_all) {
  {
    auto committed = begin();
    run(committed.commit());
    auto rolled_back = begin();
    run(rolled_back.rollback());
  }
  {
    auto dropped = begin();
  }
  // No BEGIN is left for whoever has the connections next.
  for (int i = 0; i < 2; ++i) {
    const auto lease = run(pool_->acquire(deadline_in(20s)));
    run(lease->execute(select_one));
    EXPECT_TRUE(lease->is_settled());
  }
}

TEST_F(Transactions, commit_with_their_last_statements) {
  auto transaction = begin();
  const auto rows = run(transaction.commit_with(
      Batch().add(insert_closure, day(1)).add(insert_closure, day(2)).add(select_one)));
  EXPECT_FALSE(transaction.is_open());
  EXPECT_EQ(rows.at(0).affected(), 1);
  EXPECT_EQ(rows.at(2)[0].get<std::int32_t>(0), 1);
  EXPECT_EQ(closures(), 2);
}

TEST_F(Transactions, commit_nothing_when_the_last_statements_fail) {
  auto transaction = begin();
  run(transaction.execute(insert_closure, day(1)));
  EXPECT_THROW(run(transaction.commit_with(Batch().add(insert_closure, day(1)))), SqlError);
  EXPECT_TRUE(transaction.is_open());
  run(transaction.rollback());
  EXPECT_EQ(closures(), 0);
}

TEST_F(Transactions, R50_never_pass_off_a_failed_one_as_committed) {
  auto transaction = begin();
  run(transaction.execute(insert_closure, day(1)));
  EXPECT_THROW(run(transaction.execute(divide, 0)), SqlError);
  EXPECT_THROW(run(transaction.commit()), SqlError);
  EXPECT_EQ(closures(), 0);
}

TEST_F(Transactions, commit_what_a_use_case_answers_with_a_value) {
  const auto result = run(in_transaction(*pool_, deadline_in(20s),
                                         [](Transaction& transaction) -> Task<Result<std::string>> {
                                           co_await transaction.execute(insert_closure, day(1));
                                           co_return "done";
                                         }));
  EXPECT_EQ(result.value(), "done");
  EXPECT_EQ(closures(), 1);
}

// Before the refusal is told: whoever comes again at once must not meet the locks of the first try.
TEST_F(Transactions, have_let_go_of_their_locks_when_a_refusal_returns) {
  auto other = std::make_unique<Lease>(run(pool_->acquire(deadline_in(20s))));
  const auto refuse_holding_a_lock = [](Pool& pool) -> Task<Result<int>> {
    co_return co_await in_transaction(
        pool, deadline_in(20s), [](Transaction& transaction) -> Task<Result<int>> {
          co_await transaction.execute(
              Statement{"lock", "SELECT 1 FROM pg_advisory_xact_lock(42)"});
          co_return refuse(not_found());
        });
  };
  for (int i = 0; i < 50; ++i) {
    const auto both = [](Pool& pool, Connection& connection,
                         const decltype(refuse_holding_a_lock)& use_case) -> Task<bool> {
      EXPECT_FALSE((co_await use_case(pool)).has_value());
      const auto rows = co_await connection.execute(try_lock);
      co_return rows[0].get<bool>(0);
    };
    EXPECT_TRUE(run(both(*pool_, **other, refuse_holding_a_lock)));
  }
}

TEST_F(Transactions, roll_back_when_a_use_case_throws) {
  const auto use_case = [](Transaction& transaction) -> Task<Result<int>> {
    co_await transaction.execute(insert_closure, day(1));
    throw std::runtime_error("no");
  };
  EXPECT_THROW(run(in_transaction(*pool_, deadline_in(20s), use_case)), std::runtime_error);
  EXPECT_EQ(closures(), 0);
}

Task<Result<int>> fail_until(Transaction& transaction, int& tries, const int& good_try,
                             const std::string& sqlstate) {
  ++tries;
  co_await transaction.execute(insert_closure, day(tries));
  if (tries < good_try) co_await transaction.execute(fail_with, sqlstate);
  co_return tries;
}

TEST_F(Transactions, R31_run_the_whole_use_case_again_after_a_serialization_failure) {
  for (const std::string sqlstate : {"40001", "40P01"}) {
    testing::reset();
    int tries = 0;
    const int good_try = 3;
    EXPECT_EQ(run(in_transaction(*pool_, deadline_in(20s), fail_until, tries, good_try, sqlstate))
                  .value(),
              3);
    EXPECT_EQ(closures(), 1) << "of the failed tries nothing stays";
  }
}

TEST_F(Transactions, R31_give_up_after_three_tries_with_503) {
  int tries = 0;
  const int good_try = 4;
  const std::string sqlstate = "40001";
  try {
    (void)run(in_transaction(*pool_, deadline_in(20s), fail_until, tries, good_try, sqlstate));
    ADD_FAILURE();
  } catch (const SqlError& error) {
    EXPECT_EQ(error.answer().kind, ErrorKind::unavailable);
  }
  EXPECT_EQ(tries, 3);
  EXPECT_EQ(closures(), 0);
}

TEST_F(Transactions, R31_turn_what_no_store_mapped_into_a_refusal_or_a_fault) {
  const int good_try = 2;
  const auto attempt = [&](const std::string& sqlstate) {
    int tries = 0;
    auto result =
        run(in_transaction(*pool_, deadline_in(20s), fail_until, tries, good_try, sqlstate));
    EXPECT_EQ(tries, 1);
    return result.error().kind;
  };
  EXPECT_EQ(attempt("23505"), ErrorKind::conflict);
  EXPECT_EQ(attempt("23P01"), ErrorKind::conflict);
  EXPECT_EQ(attempt("23514"), ErrorKind::invalid);
  EXPECT_EQ(attempt("22003"), ErrorKind::malformed);
  EXPECT_THROW(attempt("55P03"), SqlError);
  EXPECT_THROW(attempt("42P01"), SqlError);
}

Task<Result<int>> lock_two(Transaction& transaction, const std::int64_t& first,
                           const std::int64_t& second, int& begun) {
  constexpr Statement lock{"lock_row",
                           "SELECT slot_interval FROM settings, pg_advisory_xact_lock($1)"};
  co_await transaction.execute(lock, first);
  ++begun;
  while (begun < 2) {
    co_await transaction.execute(Statement{"nap", "SELECT pg_sleep(0.01)"});
  }
  co_await transaction.execute(lock, second);
  co_return 1;
}

TEST_F(Transactions, R31_both_succeed_after_a_deadlock) {
  int begun = 0, succeeded = 0;
  const auto attempt = [](Pool& pool, std::int64_t first, std::int64_t second, int& arrivals,
                          int& successes) -> Task<void> {
    const auto result =
        co_await in_transaction(pool, deadline_in(20s), lock_two, first, second, arrivals);
    if (result) ++successes;
  };
  asio::co_spawn(io(), attempt(*pool_, 1, 2, begun, succeeded), asio::detached);
  asio::co_spawn(io(), attempt(*pool_, 2, 1, begun, succeeded), asio::detached);
  await([&] { return succeeded == 2; });
  EXPECT_GT(begun, 2) << "there was no deadlock";
}

/// A write, then a read, cancelled while the write is under way.
Task<void> write_then_read(Pool& pool, bool& committed) {
  const auto write = [](Transaction& transaction) -> Task<Result<int>> {
    co_await transaction.execute(insert_closure, day(1));
    co_await transaction.execute(Statement{"nap", "SELECT pg_sleep(0.3)"});
    co_return 1;
  };
  const auto result = co_await in_transaction(pool, deadline_in(20s), write);
  committed = result.has_value();
  const auto lease = co_await pool.acquire(deadline_in(20s));
  co_await lease->execute(Statement{"sleep_long", "SELECT pg_sleep(30)"});
}

TEST_F(Transactions, go_to_their_end_when_the_client_leaves_and_reads_after_them_do_not) {
  asio::cancellation_signal client;
  bool committed = false, done = false;
  asio::co_spawn(
      io(), write_then_read(*pool_, committed),
      asio::bind_cancellation_slot(client.slot(), [&](std::exception_ptr) { done = true; }));
  const auto is_running = [](const char* query) {
    return sql_count("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query = $1",
                     {query}) == 1;
  };
  await([&] { return is_running("SELECT pg_sleep(0.3)"); });
  client.emit(asio::cancellation_type::terminal);
  await([&] { return committed; });
  EXPECT_EQ(closures(), 1);
  await([&] { return is_running("SELECT pg_sleep(30)"); });
  client.emit(asio::cancellation_type::terminal);
  await([&] { return done; });
}

}  // namespace
}  // namespace frontdesk::db

#include "support/database.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::db {
namespace {

using namespace std::chrono_literals;
using testing::make_pool;
using testing::run;

constexpr Statement select_one{"select_one", "SELECT 1"};
constexpr Statement sleep_long{"sleep_long", "SELECT pg_sleep(30)"};
constexpr Statement divide{"divide", "SELECT 1 / $1"};
constexpr Statement setting{"setting", "SELECT current_setting($1)"};

class Connections : public ::testing::Test {
 protected:
  Connection& connection() { return *lease_; }
  std::string setting_of(std::string_view name) {
    return run(connection().execute(setting, name))[0].get<std::string>(0);
  }
  std::size_t prepared_statements() {
    constexpr Statement count{"count",
                              "SELECT count(*) FROM pg_prepared_statements WHERE from_sql = false"};
    return static_cast<std::size_t>(run(connection().execute(count))[0].get<std::int64_t>(0));
  }

  std::unique_ptr<Pool> pool_ = make_pool({.size = 1});
  Lease lease_ = run(pool_->acquire(deadline_in(20s)));
};

TEST_F(Connections, open_with_the_limits_and_settings_of_the_session) {
  EXPECT_EQ(setting_of("statement_timeout"), "10s");
  EXPECT_EQ(setting_of("lock_timeout"), "5s");
  EXPECT_EQ(setting_of("idle_in_transaction_session_timeout"), "15s");
  EXPECT_EQ(setting_of("plan_cache_mode"), "force_generic_plan");
  EXPECT_EQ(setting_of("TimeZone"), "UTC");
  EXPECT_EQ(setting_of("application_name"), "frontdesk");
  EXPECT_EQ(setting_of("client_encoding"), "UTF8");
}

TEST_F(Connections, prepare_a_statement_once) {
  for (int i = 0; i < 3; ++i) run(connection().execute(select_one));
  const auto before = prepared_statements();
  run(connection().execute(select_one));
  EXPECT_EQ(prepared_statements(), before);
}

TEST_F(Connections, tell_apart_statements_of_one_name) {
  const Statement other{"select_one", "SELECT 2"};
  EXPECT_EQ(run(connection().execute(select_one))[0].get<std::int32_t>(0), 1);
  EXPECT_EQ(run(connection().execute(other))[0].get<std::int32_t>(0), 2);
  EXPECT_EQ(run(connection().execute(select_one))[0].get<std::int32_t>(0), 1);
}

TEST_F(Connections, tell_apart_parameter_types_of_one_statement) {
  constexpr Statement type{"type_of", "SELECT pg_typeof($1)::text"};
  EXPECT_EQ(run(connection().execute(type, 1))[0].get<std::string>(0), "integer");
  EXPECT_EQ(run(connection().execute(type, std::int64_t{1}))[0].get<std::string>(0), "bigint");
  EXPECT_EQ(run(connection().execute(type, 1))[0].get<std::string>(0), "integer");
}

TEST_F(Connections, go_on_after_a_refused_statement) {
  EXPECT_THROW(run(connection().execute(divide, 0)), SqlError);
  EXPECT_EQ(run(connection().execute(divide, 1))[0].get<std::int32_t>(0), 1);
  const Statement wrong{"wrong", "SELEC 1"};
  EXPECT_THROW(run(connection().execute(wrong)), SqlError);
  EXPECT_THROW(run(connection().execute(wrong)), SqlError);
  EXPECT_TRUE(connection().is_settled());
}

TEST_F(Connections, name_the_constraint_that_was_broken) {
  const Statement insert{"insert", "INSERT INTO permissions VALUES (0, 'x', 'x')"};
  try {
    run(connection().execute(insert));
    ADD_FAILURE();
  } catch (const SqlError& error) {
    EXPECT_EQ(error.sqlstate(), "23505");
    EXPECT_EQ(error.constraint(), "permissions_pkey");
    EXPECT_EQ(error.table(), "permissions");
    EXPECT_EQ(error.statement(), "insert");
  }
}

TEST_F(Connections, run_a_batch_in_one_round_trip_and_in_order) {
  const auto rows = run(connection().execute_batch(
      Batch().add(select_one).add(divide, 1).add(setting, "TimeZone").add(select_one)));
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0][0].get<std::int32_t>(0), 1);
  EXPECT_EQ(rows[2][0].get<std::string>(0), "UTC");
  EXPECT_EQ(rows[3][0].get<std::int32_t>(0), 1);
  EXPECT_TRUE(run(connection().execute_batch(Batch())).empty());
}

TEST_F(Connections, undo_a_batch_in_which_a_statement_fails) {
  testing::reset();
  const Statement insert{"insert_closure", "INSERT INTO closures VALUES ('2026-01-01')"};
  try {
    run(connection().execute_batch(Batch().add(insert).add(divide, 0).add(select_one)));
    ADD_FAILURE();
  } catch (const SqlError& error) {
    EXPECT_EQ(error.statement(), "divide");
  }
  EXPECT_EQ(testing::sql_count("SELECT count(*) FROM closures"), 0);
  EXPECT_TRUE(connection().is_settled());
}

// Both sides' socket buffers are full at once: each must read for the other to go on.
TEST_F(Connections, send_and_receive_more_than_the_sockets_hold) {
  const Statement echo{"echo", "SELECT $1 || $1 || $1"};
  const std::string large(2'000'000, 'x');
  Batch batch;
  for (int i = 0; i < 6; ++i) batch.add(echo, large);
  const auto rows = run(connection().execute_batch(std::move(batch)));
  ASSERT_EQ(rows.size(), 6u);
  EXPECT_EQ(rows[5][0].get<std::string_view>(0).size(), 3 * large.size());
}

TEST_F(Connections, cancel_a_statement_at_the_deadline_and_can_be_used_again) {
  const int backend = connection().backend_pid();
  connection().set_deadline(deadline_in(100ms));
  EXPECT_THROW(run(connection().execute(sleep_long)), DeadlinePassed);
  EXPECT_FALSE(connection().is_settled());
  EXPECT_TRUE(run(connection().settle(deadline_in(20s))));
  connection().set_deadline(deadline_in(20s));
  EXPECT_EQ(run(connection().execute(select_one)).size(), 1u);
  EXPECT_EQ(connection().backend_pid(), backend);
}

TEST_F(Connections, refuse_a_statement_whose_deadline_has_passed) {
  connection().set_deadline(deadline_in(-1ms));
  EXPECT_THROW(run(connection().execute(select_one)), DeadlinePassed);
  EXPECT_TRUE(connection().is_settled());
}

TEST_F(Connections, refuse_a_statement_while_a_cut_one_is_not_settled) {
  connection().set_deadline(deadline_in(50ms));
  EXPECT_THROW(run(connection().execute(sleep_long)), DeadlinePassed);
  connection().set_deadline(deadline_in(20s));
  EXPECT_THROW(run(connection().execute(select_one)), ConnectionLost);
}

// One timer serves them all: a later and an earlier deadline are both kept.
TEST_F(Connections, keep_each_deadline) {
  connection().set_deadline(deadline_in(500ms));
  run(connection().execute(select_one));
  connection().set_deadline(deadline_in(20s));
  const Statement nap{"nap", "SELECT pg_sleep(0.6)"};
  run(connection().execute(nap));
  connection().set_deadline(deadline_in(50ms));
  EXPECT_THROW(run(connection().execute(sleep_long)), DeadlinePassed);
}

TEST_F(Connections, cancel_a_read_whose_coroutine_is_cancelled) {
  asio::cancellation_signal client_left;
  std::exception_ptr thrown;
  bool done = false;
  const auto read = [](Connection& connection) -> Task<void> {
    co_await connection.execute(sleep_long);
  };
  asio::co_spawn(testing::io(), read(connection()),
                 asio::bind_cancellation_slot(client_left.slot(), [&](std::exception_ptr failure) {
                   thrown = failure;
                   done = true;
                 }));
  testing::await([&] {
    return testing::sql_count(
               "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(30)' "
               "AND state = 'active' AND usename = 'frontdesk_app'") == 1;
  });
  client_left.emit(asio::cancellation_type::terminal);
  testing::await([&] { return done; });
  ASSERT_TRUE(thrown);
  EXPECT_THROW(std::rethrow_exception(thrown), Cancelled);
  EXPECT_TRUE(run(connection().settle(deadline_in(20s))));
}

TEST_F(Connections, report_every_statement_to_the_observer) {
  std::vector<std::string> seen;
  auto pool = make_pool({.size = 1, .on_statement = [&](std::string_view name, auto took, bool ok) {
                           EXPECT_GE(took, 0ns);
                           seen.push_back(std::string(name) + (ok ? "" : " failed"));
                         }});
  auto lease = run(pool->acquire(deadline_in(20s)));
  run(lease->execute(select_one));
  EXPECT_THROW(run(lease->execute_batch(Batch().add(select_one).add(divide, 0).add(select_one))),
               SqlError);
  EXPECT_THAT(seen, ::testing::ElementsAre("select_one", "select_one", "divide failed"));
}

TEST_F(Connections, end_with_the_backend) {
  testing::sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = " +
               std::to_string(connection().backend_pid()));
  try {
    run(connection().execute(select_one));
    ADD_FAILURE();
  } catch (const Fault& fault) {
    EXPECT_EQ(fault.answer().kind, ErrorKind::unavailable) << fault.what();
  }
  EXPECT_TRUE(connection().is_broken());
  EXPECT_THROW(run(connection().execute(select_one)), ConnectionLost);
}

TEST(Opening, says_why_it_failed) {
  const auto open = [](std::string url) {
    return run(Connection::open({.url = std::move(url)}, deadline_in(20s)));
  };
  EXPECT_THROW(open("postgresql:///frontdesk?host=/nonexistent"), ConnectionLost);
  EXPECT_THROW(open("postgresql://127.0.0.1:1/frontdesk"), ConnectionLost);
  EXPECT_THROW(open("postgresql://no-such-host.invalid/frontdesk"), ConnectionLost);
  EXPECT_THROW(open(testing::app_url() + "&dbname=absent"), ConnectionLost);
}

TEST(Opening, takes_the_first_host_that_answers) {
  const auto socket = testing::cluster().socket_folder().string();
  const auto connection =
      run(Connection::open({.url = "host=127.0.0.1,localhost," + socket +
                                   " port=1,1,5432 user=frontdesk_app dbname=frontdesk"},
                           deadline_in(20s)));
  EXPECT_EQ(run(connection->execute(select_one)).size(), 1u);
}

}  // namespace
}  // namespace frontdesk::db

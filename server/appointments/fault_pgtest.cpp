#include "appointments/testing_business.hpp"
#include "support/cutting_proxy.hpp"

#include <boost/json/parse.hpp>

namespace frontdesk::appointments::testing {
namespace {

using frontdesk::testing::CuttingProxy;
using frontdesk::testing::run;

/// A connection that breaks at COMMIT (R56).
class LostCommit : public BusinessTest {
 protected:
  void SetUp() override {
    BusinessTest::SetUp();
    service_ = add_service();
    staff_ = add_staff({service_});
    who_ = actor(add_user());
    through_proxy_ = frontdesk::testing::make_pool({.url = proxy_.url(), .size = 2});
    unlucky_ = std::make_unique<Appointments>(*through_proxy_, outbox());
  }
  Task<Result<Answer>> booking(std::optional<IdempotencyKey> with_key) {
    return unlucky_->book(who_, {.service = service_, .staff = staff_, .start = at("10:00")},
                          std::move(with_key), soon());
  }
  static AppointmentId id_of(const Answer& answer) {
    return *AppointmentId::parse(boost::json::parse(answer.data).at("id").as_string());
  }

  ServiceId service_;
  StaffId staff_;
  Actor who_;
  CuttingProxy proxy_;
  std::unique_ptr<db::Pool> through_proxy_;
  std::unique_ptr<Appointments> unlucky_;
};

TEST_F(LostCommit, R56_a_booking_that_stands_is_answered_with_and_without_a_key) {
  proxy_.arm(CuttingProxy::Cut::after_commit);
  const auto with_key = run(booking(key("k")));
  ASSERT_TRUE(with_key);
  EXPECT_EQ(with_key->status, 201);
  EXPECT_EQ(sql_count("SELECT count(*) FROM appointments"), 1);
  EXPECT_EQ(run(booking(key("k")))->data, with_key->data);
  ASSERT_TRUE(run(
      appointments().cancel(who_, {.id = id_of(*with_key)}, std::nullopt, std::nullopt, soon())));
  proxy_.arm(CuttingProxy::Cut::after_commit);
  const auto without_key = run(booking(std::nullopt));
  ASSERT_TRUE(without_key);
  EXPECT_TRUE(find(who_, id_of(*without_key)));
  expect_invariants();
}

TEST_F(LostCommit, R56_a_booking_that_does_not_stand_is_503_and_the_key_books_it_later) {
  for (const auto& with_key : {std::optional(key("k")), std::optional<IdempotencyKey>()}) {
    proxy_.arm(CuttingProxy::Cut::before_commit);
    try {
      run(booking(with_key));
      FAIL() << "an answer was guessed";
    } catch (const Fault& fault) {
      EXPECT_EQ(fault.answer().kind, ErrorKind::unavailable);
      EXPECT_TRUE(fault.answer().retry_after);
    }
    EXPECT_EQ(sql_count("SELECT count(*) FROM appointments"), 0);
  }
  EXPECT_TRUE(run(booking(key("k"))));
  expect_invariants();
}

TEST_F(LostCommit, R56_a_change_is_answered_by_its_key_and_never_guessed_without) {
  const auto id = id_of(*run(booking(std::nullopt)));
  auto cancel_key = key("k");
  cancel_key.route = "cancelAppointment";
  proxy_.arm(CuttingProxy::Cut::after_commit);
  const auto cancelled = run(unlucky_->cancel(who_, {.id = id}, "ill", cancel_key, soon()));
  ASSERT_TRUE(cancelled);
  EXPECT_EQ(find(who_, id)->status, Status::cancelled);

  const auto other = id_of(*run(booking(std::nullopt)));
  proxy_.arm(CuttingProxy::Cut::after_commit);
  EXPECT_THROW(run(unlucky_->cancel(who_, {.id = other}, "ill", std::nullopt, soon())), Fault);
  expect_invariants();
}

/// One write after the other fails.
class FailingWrite : public BusinessTest {
 protected:
  void SetUp() override {
    BusinessTest::SetUp();
    sql("CREATE SCHEMA fault; GRANT USAGE ON SCHEMA fault TO PUBLIC; CREATE SEQUENCE fault.tries;"
        "GRANT ALL ON SEQUENCE fault.tries TO PUBLIC");
    service_ = add_service();
    staff_ = add_staff({service_});
    who_ = actor(add_user());
  }
  void TearDown() override { sql("DROP SCHEMA fault CASCADE"); }

  /// The first so many writes of a table fail with this SQLSTATE.
  static void fail(const std::string& table, const std::string& sqlstate, int times) {
    sql(fmt::format(
        "ALTER SEQUENCE fault.tries RESTART;"
        "CREATE OR REPLACE FUNCTION fault.fail() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN "
        "IF nextval('fault.tries') <= {} THEN RAISE EXCEPTION 'test' USING errcode = '{}'; END IF; "
        "RETURN NEW; END$$;"
        "CREATE TRIGGER fault BEFORE INSERT OR UPDATE ON {} "
        "FOR EACH ROW EXECUTE FUNCTION fault.fail()",
        times, sqlstate, table));
  }
  static void heal(const std::string& table) { sql("DROP TRIGGER fault ON " + table); }

  Booking at_ten() { return {.service = service_, .staff = staff_, .start = at("10:00")}; }

  static std::string rows_written() {
    return sql_value(
        "SELECT concat_ws(' ', (SELECT count(*) FROM occupations), (SELECT count(*) FROM "
        "appointments), (SELECT count(*) FROM outbox), (SELECT count(*) FROM audit_logs), (SELECT "
        "count(*) FROM idempotency_keys))");
  }

  static constexpr const char* tables[] = {"occupations", "appointments", "outbox", "audit_logs",
                                           "idempotency_keys"};
  ServiceId service_;
  StaffId staff_;
  Actor who_;
};

TEST_F(FailingWrite, R31_nothing_is_half_written_whichever_write_fails) {
  for (const auto* table : tables) {
    SCOPED_TRACE(table);
    fail(table, "57014", 1'000'000);
    EXPECT_THROW(book(who_, at_ten(), key("k")), Fault);
    heal(table);
    EXPECT_EQ(rows_written(), "0 0 0 0 0");
  }
  ASSERT_TRUE(book(who_, at_ten(), key("k")));
  EXPECT_EQ(rows_written(), "1 1 1 1 1");
  expect_invariants();
}

TEST_F(FailingWrite, R31_a_cancellation_whose_write_fails_has_not_happened) {
  const auto id = booked(who_, at_ten());
  auto cancel_key = key("k");
  cancel_key.route = "cancelAppointment";
  for (const auto* table : tables) {
    SCOPED_TRACE(table);
    fail(table, "57014", 1'000'000);
    EXPECT_THROW(run(appointments().cancel(who_, {.id = id}, "ill", cancel_key, soon())), Fault);
    heal(table);
    EXPECT_EQ(find(who_, id)->status, Status::confirmed);
    EXPECT_EQ(rows_written(), "1 1 1 1 0");
    expect_invariants();
  }
}

TEST_F(FailingWrite, R31_a_move_whose_write_fails_leaves_everything_where_it_was) {
  const auto id = booked(who_, at_ten());
  for (const auto* table : {"occupations", "appointments", "outbox", "audit_logs"}) {
    SCOPED_TRACE(table);
    fail(table, "57014", 1'000'000);
    EXPECT_THROW(run(appointments().reschedule(who_, {.id = id}, {.start = at("12:00")},
                                               std::nullopt, soon())),
                 Fault);
    heal(table);
    EXPECT_EQ(format_time(find(who_, id)->time), "10:00");
    expect_invariants();
  }
}

TEST_F(FailingWrite, R31_a_deadlock_or_serialization_failure_runs_the_whole_use_case_again) {
  for (const auto* sqlstate : {"40001", "40P01"}) {
    SCOPED_TRACE(sqlstate);
    fail("appointments", sqlstate, 2);
    EXPECT_TRUE(book(actor(add_user()), at_ten()));
    heal("appointments");
    sql("UPDATE appointments SET status = 'cancelled'; "
        "UPDATE occupations SET active = false, booked = 0");
    fail("appointments", sqlstate, 3);
    EXPECT_THROW(book(actor(add_user()), at_ten()), Fault);
    heal("appointments");
  }
  EXPECT_EQ(sql_count("SELECT count(*) FROM appointments"), 2);
}

}  // namespace
}  // namespace frontdesk::appointments::testing

// Days with other hours and time off: what only a database can show. The rest is in tests/api.
#include "availability/testing_snapshot.hpp"
#include "availability/timetables.hpp"
#include "staff/testing.hpp"
#include "support/cutting_proxy.hpp"

namespace frontdesk::availability {
namespace {

using frontdesk::testing::CuttingProxy;
using staff::mara;
using staff::outcome;
using staff::sql;
using staff::sql_count;
using staff::UnderWay;
using testing::hours;
using testing::range;

class Absences : public staff::StaffTest {
 protected:
  void SetUp() override {
    StaffTest::SetUp();
    timetables = std::make_unique<Timetables>(*pool);
    sql("UPDATE settings SET timezone = 'UTC'");
  }
  static void lock_time_of_mara() {
    sql("SELECT pg_advisory_lock(lock_key('staff', '" + mara.to_string() + "'))");
  }
  static void unlock() { sql("SELECT pg_advisory_unlock_all()"); }

  const NewTimeOff january{.time = range("2030-01-07T00:00:00Z", "2030-01-09T00:00:00Z"),
                           .reason = "Ill"};
  const DateOverride morning{.date = testing::day("2030-01-07"),
                             .hours = {hours("09:00", "12:00")}};
  std::unique_ptr<Timetables> timetables;
};

TEST_F(Absences, R52_every_write_waits_for_a_booking_and_sees_it) {
  const auto entered = run(timetables->add_time_off(manager, mara, january, soon())).value();
  ASSERT_TRUE(
      run(timetables->set_override(manager, mara, {testing::day("2030-01-08"), {}}, soon())));
  lock_time_of_mara();
  const NewTimeOff later{.time = range("2030-01-07T12:30:00Z", "2030-01-08T00:00:00Z"),
                         .reason = ""};
  UnderWay entering(timetables->add_time_off(manager, mara, later, soon()));
  ASSERT_TRUE(entering.waits_for_a_lock());
  UnderWay setting(timetables->set_override(manager, mara, morning, soon()));
  ASSERT_TRUE(setting.waits_for_a_lock());
  UnderWay removing(timetables->remove_override(manager, mara, testing::day("2030-01-08"), soon()));
  ASSERT_TRUE(removing.waits_for_a_lock());
  UnderWay calling_off(timetables->remove_time_off(manager, mara, entered.time_off.id, soon()));
  ASSERT_TRUE(calling_off.waits_for_a_lock());
  frontdesk::testing::await([] {
    return sql_count("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted") ==
           4;
  });
  book("2030-01-07T13:00Z", "2030-01-07T14:00Z");
  unlock();
  ASSERT_EQ(outcome(entering.result()), "ok");
  EXPECT_EQ(entering.result()->affected.total, 1);
  EXPECT_EQ(setting.result()->affected.total, 1);
  EXPECT_EQ(outcome(removing.result()), "ok");
  EXPECT_EQ(outcome(calling_off.result()), "ok");
}

TEST_F(Absences, parallel_entries_of_one_time_are_one) {
  UnderWay first(timetables->add_time_off(manager, mara, january, soon()));
  UnderWay second(timetables->add_time_off(manager, mara, january, soon()));
  const std::vector outcomes{outcome(first.result()), outcome(second.result())};
  EXPECT_THAT(outcomes, ::testing::UnorderedElementsAre("ok", "time_off_exists"));
  EXPECT_EQ(sql_count("SELECT count(*) FROM time_off"), 1);
}

TEST_F(Absences, the_limit_holds_against_parallel_entries) {
  sql("INSERT INTO time_off (id, staff_id, starts_at, ends_at) SELECT gen_random_uuid(), '" +
      mara.to_string() +
      "', now(), now() + n * interval '1 day' FROM generate_series(1, 499) AS n");
  const NewTimeOff other{.time = range("2030-02-07T00:00:00Z", "2030-02-09T00:00:00Z"),
                         .reason = ""};
  UnderWay first(timetables->add_time_off(manager, mara, january, soon()));
  UnderWay second(timetables->add_time_off(manager, mara, other, soon()));
  const std::vector outcomes{outcome(first.result()), outcome(second.result())};
  EXPECT_THAT(outcomes, ::testing::UnorderedElementsAre("ok", "limit_reached"));
}

TEST_F(Absences, R56_after_a_lost_commit_the_same_request_says_what_stands) {
  CuttingProxy proxy;
  const auto through_proxy = frontdesk::testing::make_pool({.url = proxy.url(), .size = 2});
  Timetables unlucky(*through_proxy);
  proxy.arm(CuttingProxy::Cut::before_commit);
  EXPECT_THROW(run(unlucky.add_time_off(manager, mara, january, soon())), Fault);
  EXPECT_EQ(sql_count("SELECT count(*) FROM time_off"), 0);
  proxy.arm(CuttingProxy::Cut::after_commit);
  EXPECT_THROW(run(unlucky.add_time_off(manager, mara, january, soon())), Fault);
  EXPECT_EQ(outcome(run(unlucky.add_time_off(manager, mara, january, soon()))), "time_off_exists");

  proxy.arm(CuttingProxy::Cut::after_commit);
  EXPECT_THROW(run(unlucky.set_override(manager, mara, morning, soon())), Fault);
  EXPECT_EQ(run(unlucky.set_override(manager, mara, morning, soon()))->day.hours, morning.hours);
  EXPECT_EQ(audited(), "time_off.create; staff.set_override");
}

TEST_F(Absences, R31_nothing_is_written_without_its_audit_entry) {
  sql("CREATE SCHEMA fault; GRANT USAGE ON SCHEMA fault TO PUBLIC;"
      "CREATE FUNCTION fault.fail() RETURNS trigger LANGUAGE plpgsql AS "
      "$$BEGIN RAISE EXCEPTION 'test' USING errcode = '57014'; END$$;"
      "CREATE TRIGGER fault BEFORE INSERT ON audit_logs "
      "FOR EACH ROW EXECUTE FUNCTION fault.fail()");
  EXPECT_THROW(run(timetables->add_time_off(manager, mara, january, soon())), Fault);
  EXPECT_THROW(run(timetables->set_override(manager, mara, morning, soon())), Fault);
  sql("DROP SCHEMA fault CASCADE");
  EXPECT_EQ(sql_count("SELECT count(*) FROM time_off"), 0);
  EXPECT_EQ(sql_count("SELECT count(*) FROM staff_overrides"), 0);
}

TEST_F(Absences, R73_the_log_has_neither_the_time_nor_the_reason) {
  ASSERT_TRUE(run(timetables->add_time_off(manager, mara, january, soon())));
  EXPECT_EQ(sql_count("SELECT count(*) FROM audit_logs WHERE details::text ~ 'Ill|2030'"), 0);
}

TEST_F(Absences, R16_they_are_for_the_member_and_those_who_manage_the_staff) {
  ASSERT_TRUE(run(timetables->add_time_off(manager, mara, january, soon())));
  ASSERT_TRUE(run(timetables->set_override(manager, mara, morning, soon())));
  const auto sees = [this](const Actor& who) {
    const auto absences = run(timetables->time_off(who, mara, {}, {}, soon()));
    const auto days = run(timetables->overrides(who, mara, {}, {}, soon()));
    if (absences) EXPECT_EQ(absences->items.size(), 1U);
    if (days) EXPECT_EQ(days->page.items.size(), 1U);
    return outcome(absences) + " " + outcome(days);
  };
  EXPECT_EQ(sees(manager), "not_found not_found") << "the permission is not theirs here";
  Actor own = manager;
  own.user = new_user();
  EXPECT_EQ(sees(own), "not_found not_found");
  sql("UPDATE staff SET user_id = '" + own.user->to_string() + "'");
  EXPECT_EQ(sees(own), "ok ok");
  manager.permissions.insert(Permission::staff_manage);
  EXPECT_EQ(sees(manager), "ok ok");
}

TEST_F(Absences, stored_intervals_that_are_none_are_passed_over) {
  sql("INSERT INTO staff_overrides VALUES ('" + mara.to_string() +
      "', '2030-01-07', '{540,700,-5}', '{600,700,1441}')");
  manager.permissions.insert(Permission::staff_manage);
  const auto found = run(timetables->overrides(manager, mara, {}, {}, soon()));
  ASSERT_TRUE(found);
  EXPECT_THAT(found->page.items.at(0).hours, ::testing::ElementsAre(hours("09:00", "10:00")));
}

}  // namespace
}  // namespace frontdesk::availability

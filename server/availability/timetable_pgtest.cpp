#include "availability/testing_snapshot.hpp"
#include "availability/timetables.hpp"
#include "staff/testing.hpp"

namespace frontdesk::availability {
namespace {

using staff::cut;
using staff::mara;
using staff::outcome;
using staff::sql;
using staff::sql_count;
using staff::sql_value;
using staff::UnderWay;
using ::testing::ElementsAre;
using testing::hours;
using ::testing::IsEmpty;

Week every_day(const std::vector<Hours>& intervals) {
  Week week;
  week.fill(intervals);
  return week;
}

class TimetablesPg : public staff::StaffTest {
 protected:
  void SetUp() override {
    StaffTest::SetUp();
    timetables = std::make_unique<Timetables>(*pool);
    sql("UPDATE settings SET timezone = 'UTC'");
  }
  Result<NewWeek> set(const Week& week, std::optional<std::int64_t> version = {}) {
    return run(timetables->set_week(manager, mara, week, version, soon()));
  }
  Result<WorkingWeek> read(StaffId id = mara) { return run(timetables->week(manager, id, soon())); }

  const Week mornings = every_day({hours("09:00", "12:00")});
  std::unique_ptr<Timetables> timetables;
};

TEST_F(TimetablesPg, R61_a_week_is_in_order_and_may_end_at_24_00) {
  sql(R"(INSERT INTO working_hours (staff_id, weekday, start_minute, end_minute) VALUES
           ('00000000-0000-7000-8000-0000000000a1', 1, 840, 1440),
           ('00000000-0000-7000-8000-0000000000a1', 1, 540, 780),
           ('00000000-0000-7000-8000-0000000000a1', 0, 600, 720))");
  const auto week = read();
  ASSERT_TRUE(week);
  EXPECT_EQ(week->timezone, "UTC");
  EXPECT_THAT(week->days[0], ElementsAre(hours("10:00", "12:00")));
  EXPECT_THAT(week->days[1], ElementsAre(hours("09:00", "13:00"), hours("14:00", "24:00")));
}

TEST_F(TimetablesPg, no_hours_are_an_empty_week_and_nobody_is_not_found) {
  EXPECT_EQ(read()->days, Week{});
  EXPECT_EQ(outcome(read(StaffId::generate())), "not_found");
  EXPECT_EQ(outcome(run(timetables->set_week(manager, StaffId::generate(), mornings, {}, soon()))),
            "not_found");
}

TEST_F(TimetablesPg, a_week_takes_the_place_of_the_one_before) {
  Week week = mornings;
  week[0] = {};
  week[6] = {hours("00:00", "12:00"), hours("12:00", "24:00")};
  ASSERT_TRUE(set(mornings));
  const auto changed = set(week, 2);
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->week.days, week);
  EXPECT_EQ(read()->days, week);
  EXPECT_EQ(StaffTest::read(mara).version, 3);
  EXPECT_EQ(outcome(set(mornings, 2)), "stale");
  EXPECT_EQ(audited(),
            "staff.working_hours [\"working_hours\"]; staff.working_hours [\"working_hours\"]");
}

TEST_F(TimetablesPg, R73_the_same_week_keeps_the_version_and_says_who_is_affected_again) {
  book("2030-01-07T13:00Z", "2030-01-07T14:00Z");
  EXPECT_EQ(set(mornings)->affected.total, 1);
  EXPECT_EQ(set(mornings)->affected.total, 1);
  EXPECT_EQ(StaffTest::read(mara).version, 2);
  EXPECT_EQ(audited(), "staff.working_hours [\"working_hours\"]");
}

TEST_F(TimetablesPg, affected_are_the_booked_ones_that_are_not_over_and_lie_outside) {
  book("2030-01-07T09:00Z", "2030-01-07T10:00Z");
  book("2030-01-07T13:00Z", "2030-01-07T14:00Z", "pending");
  book("2030-01-08T11:30Z", "2030-01-08T12:30Z");
  book("2030-01-08T15:00Z", "2030-01-08T16:00Z", "cancelled");
  book("2020-01-08T15:00Z", "2020-01-08T16:00Z");
  const auto affected = set(mornings)->affected;
  ASSERT_EQ(affected.items.size(), 2U);
  EXPECT_EQ(affected.total, 2);
  EXPECT_EQ(affected.items[0].status, "pending");
  EXPECT_EQ(affected.items[0].staff_name, "Mara");
  EXPECT_EQ(affected.items[0].service, cut);
  EXPECT_EQ(format_instant(affected.items[1].starts_at), "2030-01-08T11:30:00Z");
}

TEST_F(TimetablesPg, closures_time_off_and_special_days_count_as_bookings_count_them) {
  book("2030-01-07T09:00Z", "2030-01-07T10:00Z");
  book("2030-01-08T09:00Z", "2030-01-08T10:00Z");
  book("2030-01-09T13:00Z", "2030-01-09T14:00Z");
  book("2030-01-10T09:00Z", "2030-01-10T10:00Z");
  sql(R"(INSERT INTO closures VALUES ('2030-01-07');
         INSERT INTO time_off (id, staff_id, starts_at, ends_at) VALUES
           (gen_random_uuid(), '00000000-0000-7000-8000-0000000000a1', '2030-01-08', '2030-01-09');
         INSERT INTO staff_overrides VALUES
           ('00000000-0000-7000-8000-0000000000a1', '2030-01-09', '{780}', '{840}'))");
  EXPECT_EQ(set(mornings)->affected.total, 2) << "of the closed day and of the day off";
}

TEST_F(TimetablesPg, every_customer_of_a_class_is_affected_and_a_long_list_is_cut_and_counted) {
  book("2030-01-07T13:00Z", "2030-01-07T14:00Z");
  sql(R"(UPDATE occupations SET capacity = 200, booked = 103;
         INSERT INTO appointments (id, service_id, staff_id, occupation_id, date, time, timezone,
           starts_at, ends_at, duration, price, currency, status)
         SELECT gen_random_uuid(), service_id, staff_id, occupation_id, date, time, timezone,
           starts_at, ends_at, duration, price, currency, status
         FROM appointments, generate_series(1, 102))");
  const auto affected = set(mornings)->affected;
  EXPECT_EQ(affected.items.size(), 100U);
  EXPECT_EQ(affected.total, 103);
}

TEST_F(TimetablesPg, R52_new_hours_wait_for_a_booking_and_see_it) {
  sql("SELECT pg_advisory_lock(lock_key('staff', '" + mara.to_string() + "'))");
  UnderWay setting(timetables->set_week(manager, mara, mornings, {}, soon()));
  ASSERT_TRUE(setting.waits_for_a_lock());
  book("2030-01-07T13:00Z", "2030-01-07T14:00Z");
  sql("SELECT pg_advisory_unlock_all()");
  ASSERT_EQ(outcome(setting.result()), "ok");
  EXPECT_EQ(setting.result()->affected.total, 1);
}

TEST_F(TimetablesPg, parallel_weeks_with_one_version_are_one) {
  const Week afternoons = every_day({hours("13:00", "18:00")});
  UnderWay first(timetables->set_week(manager, mara, mornings, 1, soon()));
  UnderWay second(timetables->set_week(manager, mara, afternoons, 1, soon()));
  std::vector outcomes{outcome(first.result()), outcome(second.result())};
  EXPECT_THAT(outcomes, ::testing::UnorderedElementsAre("ok", "stale"));
  EXPECT_EQ(sql_count("SELECT count(*) FROM working_hours"), 7);
}

}  // namespace
}  // namespace frontdesk::availability

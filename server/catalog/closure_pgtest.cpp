#include "catalog/testing.hpp"

namespace frontdesk::catalog {
namespace {

using ::testing::ElementsAre;

const LocalDate may_day{std::chrono::year{2030} / 5 /
                        1};  // CEST: 2030-04-30T22:00Z to …-05-01T22:00Z

class ClosurePg : public CatalogTest {
 protected:
  void TearDown() override { sql("SELECT pg_advisory_unlock_all()"); }

  Result<Closing> close(LocalDate date = may_day, std::string reason = "") {
    const Closure closure{date, std::move(reason)};
    return run(catalog->add_closure(manager, closure, soon()));
  }
  Result<void> open(LocalDate date = may_day) {
    return run(catalog->remove_closure(manager, date, soon()));
  }
  static void lock_mara() {
    sql("SELECT pg_advisory_lock(lock_key('staff', '00000000-0000-7000-8000-0000000000a1'))");
  }
};

std::vector<std::string> starts(const Result<Closing>& closing) {
  std::vector<std::string> texts;
  for (const auto& appointment : closing->affected.items) {
    texts.push_back(format_instant(appointment.starts_at));
  }
  return texts;
}

TEST_F(ClosurePg, a_closed_day_is_listed_until_it_is_opened) {
  ASSERT_TRUE(close(may_day, "May Day"));
  EXPECT_EQ(sql_value("SELECT date || ' ' || reason FROM closures"), "2030-05-01 May Day");
  EXPECT_EQ(outcome(close(may_day, "Again")), "closure_exists");
  EXPECT_EQ(sql_value("SELECT reason FROM closures"), "May Day");
  ASSERT_TRUE(open());
  EXPECT_EQ(sql_count("SELECT count(*) FROM closures"), 0);
  EXPECT_EQ(outcome(open()), "not_found");
  EXPECT_EQ(audited(), "closure.create; closure.delete");
  EXPECT_EQ(sql_value("SELECT string_agg(DISTINCT details->>'date', ',') FROM audit_logs"),
            "2030-05-01");
}

TEST_F(ClosurePg, booked_appointments_of_the_day_are_affected_and_no_others) {
  offer_something();
  book("2030-04-30T21:00Z", "2030-04-30T22:00Z");  // ends as the day begins
  book("2030-04-30T22:00Z", "2030-04-30T22:30Z");  // begins with it
  book("2030-05-01T09:00Z", "2030-05-01T10:00Z", "cancelled");
  book("2030-05-01T09:00Z", "2030-05-01T10:00Z", "pending");
  book("2030-05-01T21:30Z", "2030-05-01T22:00Z");  // its last half hour
  book("2030-05-01T22:00Z", "2030-05-01T23:00Z");  // the day after
  const auto closing = close();
  EXPECT_THAT(starts(closing),
              ElementsAre("2030-04-30T22:00:00Z", "2030-05-01T09:00:00Z", "2030-05-01T21:30:00Z"));
  EXPECT_EQ(closing->affected.total, 3);
  const auto& pending = closing->affected.items[1];
  EXPECT_EQ(pending.status, "pending");
  EXPECT_EQ(pending.service_name, "Cut");
  EXPECT_EQ(pending.staff_name, "Mara");
}

TEST_F(ClosurePg, what_runs_into_the_day_is_affected_too) {
  offer_something();
  book("2030-04-29T22:15Z", "2030-04-30T22:15Z", "pending");
  book("2030-05-01T09:00Z", "2030-05-01T10:00Z", "completed");
  EXPECT_THAT(starts(close()), ElementsAre("2030-04-29T22:15:00Z"));
}

TEST_F(ClosurePg, what_is_over_is_not_affected) {
  offer_something();
  book("2020-05-01T09:00Z", "2020-05-01T10:00Z");
  EXPECT_EQ(close(LocalDate{std::chrono::year{2020} / 5 / 1})->affected.total, 0);
}

TEST_F(ClosurePg, a_long_list_of_affected_is_cut_and_counted) {
  offer_something();
  for (int i = 0; i < 103; ++i) {
    book(fmt::format("2030-05-01T{:02}:{:02}Z", 3 + i / 12, i % 12 * 5),
         fmt::format("2030-05-01T{:02}:{:02}Z", 3 + i / 12, i % 12 * 5 + 4));
  }
  const auto closing = close();
  EXPECT_EQ(closing->affected.items.size(), 100U);
  EXPECT_EQ(closing->affected.total, 103);
}

TEST_F(ClosurePg, there_is_a_limit) {
  sql("INSERT INTO closures SELECT '2040-01-01'::date + day FROM generate_series(1, 999) AS day");
  EXPECT_EQ(outcome(close()), "ok");
  EXPECT_EQ(outcome(close(may_day + std::chrono::days{1})), "limit_reached");
  ASSERT_TRUE(open());
  EXPECT_EQ(outcome(close(may_day + std::chrono::days{1})), "ok");
}

TEST_F(ClosurePg, R52_a_closure_waits_for_a_booking_and_sees_it) {
  offer_something();
  lock_mara();
  const Closure closure{may_day, ""};
  UnderWay closing(catalog->add_closure(manager, closure, soon()));
  ASSERT_TRUE(closing.waits_for_a_lock());
  book("2030-05-01T09:00Z", "2030-05-01T10:00Z");
  sql("SELECT pg_advisory_unlock_all()");
  ASSERT_EQ(outcome(closing.result()), "ok");
  EXPECT_EQ(closing.result()->affected.total, 1);
}

TEST_F(ClosurePg, R52_opening_a_day_waits_for_bookings_too) {
  offer_something();
  ASSERT_TRUE(close());
  lock_mara();
  UnderWay opening(catalog->remove_closure(manager, may_day, soon()));
  EXPECT_TRUE(opening.waits_for_a_lock());
  sql("SELECT pg_advisory_unlock_all()");
  EXPECT_EQ(outcome(opening.result()), "ok");
}

TEST_F(ClosurePg, R52_members_who_have_left_are_not_waited_for) {
  offer_something();
  sql("UPDATE staff SET active = false");
  lock_mara();
  EXPECT_EQ(outcome(close()), "ok");
}

TEST_F(ClosurePg, parallel_closures_of_one_day_are_one) {
  offer_something();
  const Closure closure{may_day, ""};
  UnderWay first(catalog->add_closure(manager, closure, soon()));
  UnderWay second(catalog->add_closure(manager, closure, soon()));
  std::vector outcomes{outcome(first.result()), outcome(second.result())};
  EXPECT_THAT(outcomes, ::testing::UnorderedElementsAre("ok", "closure_exists"));
}

}  // namespace
}  // namespace frontdesk::catalog

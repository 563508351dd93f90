#include "notifications/agenda.hpp"
#include "notifications/testing_dispatch.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::notifications {
namespace {

using namespace std::chrono_literals;
using frontdesk::testing::run;
using frontdesk::testing::sql;
using frontdesk::testing::sql_count;
using frontdesk::testing::sql_value;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
namespace shop = appointments::testing;

class AgendaPg : public testing::DispatchTest {
 protected:
  /// Seven days from today by the wall clock of the business.
  static Instant at(std::string_view time, int days = 7) {
    return zone().to_instants(shop::day(days), *parse_time(time)).earlier;
  }
  static Zone zone() { return *Zone::find("Europe/Berlin"); }

  std::int64_t plan(Instant now) {
    return run(
        [](db::Pool& on, const queue::Outbox& into, const DataKey& with,
           Instant& when) -> Task<std::int64_t> {
          auto lease = co_await on.acquire(deadline_in(5s));
          co_return co_await plan_agendas(*lease, into, with, zone(), when);
        },
        *pool, outbox, key, now);
  }
  static std::string due() {
    return sql_value(
        "SELECT string_agg(to_char(due_at AT TIME ZONE 'Europe/Berlin', 'HH24:MI'), ' ')"
        " FROM outbox WHERE event = 'staff.agenda' AND channel = 'event'");
  }
  void deliver() {
    sql("UPDATE outbox SET due_at = now() WHERE event = 'staff.agenda'");
    dispatch();
  }
  void appointment_at(std::string_view time) {
    book({.service = service, .staff = member, .start = shop::at(time), .override_rules = true});
  }
};

TEST_F(AgendaPg, comes_at_seven_once_however_many_workers_look) {
  appointment_at("10:00");
  EXPECT_EQ(plan(at("05:44")), 0) << "more than 75 minutes before";
  EXPECT_EQ(plan(at("05:45")), 1);
  EXPECT_EQ(plan(at("05:45")), 0);
  EXPECT_EQ(plan(at("06:45")), 0);
  EXPECT_EQ(plan(at("07:30")), 0);
  EXPECT_EQ(due(), "07:00");
  deliver();
  EXPECT_EQ(plan(at("08:30")), 0) << "not once more because the first has left";
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE channel = 'email' AND event = "
                      "'staff.agenda'"),
            1);
}

TEST_F(AgendaPg, comes_an_hour_before_the_first_appointment_where_that_is_earlier) {
  appointment_at("06:15");
  EXPECT_EQ(plan(at("04:10")), 1);
  EXPECT_EQ(due(), "05:15");
}

TEST_F(AgendaPg, comes_the_evening_before_an_appointment_at_midnight) {
  appointment_at("00:30");
  EXPECT_EQ(plan(at("23:00", 6)), 1);
  EXPECT_EQ(due(), "23:30");
}

TEST_F(AgendaPg, comes_late_after_an_outage_and_not_in_the_afternoon) {
  appointment_at("16:00");
  EXPECT_EQ(plan(at("09:01")), 0);
  EXPECT_EQ(plan(at("09:00")), 1);
}

TEST_F(AgendaPg, is_for_members_with_a_login_on_days_with_appointments) {
  const auto other = shop::add_staff({service}, "Nobody");
  book({.service = service, .staff = other, .start = shop::at("10:00")});
  const auto id = book({.service = service, .staff = member, .start = shop::at("10:00")});
  cancel(id);
  EXPECT_EQ(plan(at("06:50")), 0);
}

TEST_F(AgendaPg, lists_the_day_as_it_is_by_then) {
  appointment_at("10:00");
  ASSERT_EQ(plan(at("06:50")), 1);
  book({.service = service,
        .staff = member,
        .start = shop::at("09:00"),
        .walk_in = appointments::WalkIn{.name = "Grace"}});
  deliver();
  auto sent = mails(email_of(login));
  std::erase_if(sent, [](const auto& mail) { return mail.event != "staff.agenda"; });
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_THAT(sent[0].text, HasSubstr("2 appointments"));
  EXPECT_LT(sent[0].text.find("09:00–09:30 Cut, Grace"), sent[0].text.find("10:00–10:30 Cut, Ada"));
}

TEST_F(AgendaPg, of_a_day_that_became_free_is_not_sent) {
  const auto id = book({.service = service, .staff = member, .start = shop::at("10:00")});
  ASSERT_EQ(plan(at("06:50")), 1);
  cancel(id);
  deliver();
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox WHERE channel = 'email' AND event = "
                      "'staff.agenda'"),
            0);
}

TEST_F(AgendaPg, of_a_day_that_is_over_is_not_sent) {
  auto old = event("staff.agenda",
                   R"({"staff_id": ")" + member.to_string() + R"(", "day": "2026-01-05"})");
  old.user = login;
  EXPECT_EQ(dispatch(old).outcome, queue::Delivery::Outcome::delivered);
  EXPECT_EQ(dispatch(event("staff.agenda", "{}")).outcome, queue::Delivery::Outcome::never);
  EXPECT_EQ(sql_count("SELECT count(*) FROM outbox"), 0);
}

TEST_F(AgendaPg, is_planned_by_the_feature_by_the_databases_clock) {
  Notifications notifications(*pool, key);
  EXPECT_EQ(run(notifications.plan_agendas(shop::soon())), 0);
}

}  // namespace
}  // namespace frontdesk::notifications

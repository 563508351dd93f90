#include "availability/availability.hpp"
#include "availability/statements.hpp"
#include "availability/testing_business.hpp"
#include "db/transaction.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::availability {
namespace {

using namespace testing;
using std::chrono::days;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class AvailabilityPg : public Business {};

TEST_F(AvailabilityPg, every_statement_can_be_run) {
  frontdesk::testing::prepare_all(sql::all);
}

TEST_F(AvailabilityPg, active_staff_are_offered_in_the_businesss_order) {
  EXPECT_THAT(everyones(), ElementsAre("09:00 jonas mara", "10:00 jonas mara", "11:00 jonas mara"));
  EXPECT_THAT(maras(), ElementsAre("09:00 mara", "10:00 mara", "11:00 mara"));
}

TEST_F(AvailabilityPg, a_member_who_does_not_do_the_service_is_not_offered) {
  sql("DELETE FROM staff_services WHERE staff_id = {0}");
  EXPECT_THAT(everyones(), ElementsAre("09:00 jonas", "10:00 jonas", "11:00 jonas"));
}

TEST_F(AvailabilityPg, overrides_time_off_and_closures_count) {
  sql("INSERT INTO staff_overrides VALUES ({0}, {1}, '{{600, 780}}', '{{720, 840}}')");
  EXPECT_THAT(maras(), ElementsAre("10:00 mara", "11:00 mara", "13:00 mara"));
  sql("INSERT INTO time_off (id, staff_id, starts_at, ends_at) VALUES (gen_random_uuid(), {0}, "
      "({1}::date + time '11:30') AT TIME ZONE 'Europe/Berlin', "
      "({1}::date + time '12:00') AT TIME ZONE 'Europe/Berlin')");
  EXPECT_THAT(maras(), ElementsAre("10:00 mara", "13:00 mara"));
  sql("UPDATE staff_overrides SET start_minutes = '{{}}', end_minutes = '{{}}'");
  EXPECT_THAT(maras(), IsEmpty());
  EXPECT_EQ(everyones().size(), 3U);
  sql("INSERT INTO closures (date) VALUES ({1})");
  EXPECT_THAT(everyones(), IsEmpty());
}

TEST_F(AvailabilityPg, intervals_of_an_override_that_are_none_are_passed_over) {
  sql("INSERT INTO staff_overrides VALUES ({0}, {1}, '{{600, 900, -5, 1380}}', '{{660, 800, 30, "
      "1500}}')");
  EXPECT_THAT(maras(), ElementsAre("10:00 mara"));
}

TEST_F(AvailabilityPg, active_occupations_block_with_their_buffers_and_others_do_not) {
  occupy("10:00", "11:00", cut, 1, 1, false);
  EXPECT_EQ(maras().size(), 3U);
  occupy("10:00", "11:00");
  EXPECT_THAT(maras(), ElementsAre("09:00 mara", "11:00 mara"));
  EXPECT_THAT(everyones(), ElementsAre("09:00 jonas mara", "10:00 jonas", "11:00 jonas mara"));
  sql("UPDATE occupations SET active = false");
  occupy("10:00", "11:00", yoga, 8, 3, true, 15);
  EXPECT_THAT(maras(), IsEmpty());
}

TEST_F(AvailabilityPg, the_services_buffers_and_notice_count) {
  occupy("12:00", "13:00");
  sql("UPDATE services SET buffer_after = 30");
  EXPECT_THAT(maras(), ElementsAre("09:00 mara", "10:00 mara"));
  sql("UPDATE services SET min_notice = 60 * 24 * 20");
  EXPECT_THAT(maras(), IsEmpty());
  sql("UPDATE services SET min_notice = NULL");
  sql("UPDATE settings SET max_advance_days = 13");
  EXPECT_THAT(everyones(), IsEmpty());
  sql("UPDATE services SET max_advance_days = 60");
  EXPECT_THAT(maras(), ElementsAre("09:00 mara", "10:00 mara"));
  sql("UPDATE settings SET max_advance_days = 60; UPDATE services SET max_advance_days = 13");
  EXPECT_THAT(everyones(), IsEmpty());
}

TEST_F(AvailabilityPg, classes_show_the_seats_of_their_sessions) {
  occupy("10:00", "11:00", yoga, 8, 6);
  const SlotsRequest request{.service = yoga, .staff = mara, .from = {}, .to = {}};
  EXPECT_THAT(slots(request), ElementsAre("09:00 mara 8", "10:00 mara 2", "11:00 mara 8"));
  SlotsRequest three = request;
  three.party_size = 3;
  EXPECT_THAT(slots(three), ElementsAre("09:00 mara 8", "11:00 mara 8"));
  EXPECT_THAT(maras(), ElementsAre("09:00 mara", "11:00 mara"));
}

TEST_F(AvailabilityPg, refuses_what_is_not_there) {
  const auto code = [&](ServiceId service, std::optional<StaffId> staff) {
    const auto answer = ask({.service = service, .staff = staff, .from = date, .to = date});
    return answer ? "" : answer.error().code;
  };
  EXPECT_EQ(code(ServiceId::generate(), {}), "not_found");
  EXPECT_EQ(code(retired, {}), "service_inactive");
  EXPECT_EQ(code(cut, StaffId::generate()), "not_found");
  EXPECT_EQ(code(cut, gone), "not_found");
  frontdesk::testing::sql("DELETE FROM staff_services");
  EXPECT_EQ(code(cut, mara), "not_found");
  EXPECT_EQ(code(cut, {}), "");
}

TEST_F(AvailabilityPg, R57_a_booking_reads_the_same_snapshot_in_its_transaction) {
  occupy("10:00", "11:00");
  auto transaction = frontdesk::testing::run(
      [](db::Pool& from) -> Task<db::Transaction> {
        co_return co_await db::Transaction::begin(co_await from.acquire(deadline_in(5s)));
      },
      *pool);
  const auto snapshot = frontdesk::testing::run(
      load_snapshot(transaction.connection(), {.service = cut, .from = date, .to = date}));
  ASSERT_TRUE(snapshot);
  ASSERT_EQ(snapshot->staff.size(), 2U);
  EXPECT_EQ(snapshot->staff[0].id, jonas);
  const Instant ten = snapshot->zone.to_instants(date, 600min).earlier;
  EXPECT_THAT(who_can_take(*snapshot, ten).value(), ElementsAre(0U));
  EXPECT_EQ(check_start(*snapshot, snapshot->staff[1], ten).error(), Obstacle::taken);
  const auto details = alternatives_to(*snapshot, ten, 1);
  EXPECT_EQ(text(details.at("timezone")), "Europe/Berlin");
  ASSERT_EQ(details.at("alternatives").as_array().size(), 3U);
  const auto& first = details.at("alternatives").as_array()[0].as_object();
  EXPECT_EQ(text(first.at("date")), format_date(date));
  EXPECT_EQ(text(first.at("time")), "09:00");
  EXPECT_EQ(first.at("staff_ids").as_array().size(), 2U);
  frontdesk::testing::run(transaction.rollback());
}

TEST_F(AvailabilityPg, R62_the_clock_is_the_databases) {
  auto lease = frontdesk::testing::run(pool->acquire(deadline_in(5s)));
  const auto snapshot =
      frontdesk::testing::run(load_snapshot(*lease, {.service = cut, .from = date, .to = date}));
  const auto apart = std::chrono::abs(snapshot->now - std::chrono::system_clock::now());
  EXPECT_LT(apart, 60s);  // the database is on this machine
}

TEST_F(AvailabilityPg, next_gives_the_first_slots_and_no_empty_days) {
  const auto next = [&](std::optional<StaffId> staff) {
    return frontdesk::testing::run(
               availability.next({.service = cut, .staff = staff}, deadline_in(5s)))
        .value();
  };
  std::size_t count = 0;
  Instant before{};
  for (const FreeDay& day : next({}).slots.days) {
    EXPECT_FALSE(day.slots.empty());
    for (const Slot& slot : day.slots) {
      EXPECT_LT(before, slot.start);
      before = slot.start;
      ++count;
    }
  }
  EXPECT_EQ(count, 5U);

  // Nothing but one day far ahead, past the first stretches of the search.
  sql("DELETE FROM working_hours");
  sql("UPDATE settings SET max_advance_days = 200");
  sql("INSERT INTO staff_overrides VALUES ({0}, {1}::date + 100, '{{600}}', '{{720}}')");
  sql("INSERT INTO staff_overrides VALUES ({0}, {1}::date + 160, '{{600}}', '{{660}}')");
  sql("INSERT INTO staff_overrides VALUES ({0}, {1}::date + 190, '{{600}}', '{{660}}')");
  const Answer far = next({});
  ASSERT_EQ(far.slots.days.size(), 2U);
  EXPECT_EQ(far.slots.days[0].date, date + days{100});
  EXPECT_EQ(far.slots.days[0].slots.size(), 2U);
  EXPECT_EQ(far.slots.days[1].date, date + days{160});
  std::vector<StaffId> free;
  far.slots.staff_of(far.slots.days[1].slots[0],
                     [&](std::size_t index) { free.push_back(far.staff[index]); });
  EXPECT_THAT(free, ElementsAre(mara));
  EXPECT_THAT(next(jonas).slots.days, IsEmpty());
}

}  // namespace
}  // namespace frontdesk::availability

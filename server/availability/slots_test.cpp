#include "availability/slots.hpp"

#include "availability/testing_snapshot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::availability {
namespace {

using namespace testing;
using namespace std::chrono_literals;
using std::chrono::days;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Tuesday 2026-06-02 in Berlin, seen from the day before.
class Slots : public ::testing::Test {
 protected:
  StaffSchedule& add(std::vector<Hours> daily) {
    snapshot.staff.push_back(member(snapshot.zone, std::move(daily)));
    return snapshot.staff.back();
  }

  Snapshot snapshot = business("Europe/Berlin", "2026-06-01T06:00:00Z");
};

TEST_F(Slots, nobody_works_without_staff_or_hours) {
  EXPECT_THAT(times(snapshot, "2026-06-02"), IsEmpty());
  add({});
  EXPECT_THAT(times(snapshot, "2026-06-02"), IsEmpty());
}

TEST_F(Slots, step_from_the_opening_time_while_the_appointment_fits) {
  add({hours("09:10", "11:15")});
  EXPECT_THAT(times(snapshot, "2026-06-02"), ElementsAre("09:10", "09:40", "10:10"));
}

TEST_F(Slots, an_appointment_may_end_with_the_hours) {
  add({hours("09:00", "10:00")});
  EXPECT_THAT(times(snapshot, "2026-06-02"), ElementsAre("09:00"));
  snapshot.service.duration = 61min;
  EXPECT_THAT(times(snapshot, "2026-06-02"), IsEmpty());
}

TEST_F(Slots, each_interval_is_an_anchor_of_its_own) {
  add({hours("09:00", "10:00"), hours("13:20", "15:00")});
  EXPECT_THAT(times(snapshot, "2026-06-02"), ElementsAre("09:00", "13:20", "13:50"));
}

TEST_F(Slots, intervals_that_touch_are_one_stretch_with_two_anchors) {
  add({hours("09:00", "10:10"), hours("10:10", "12:00")});
  EXPECT_THAT(times(snapshot, "2026-06-02"),
              ElementsAre("09:00", "09:30", "10:00", "10:10", "10:40"));
}

TEST_F(Slots, intervals_that_overlap_show_a_start_once) {
  add({hours("09:00", "11:00"), hours("10:00", "12:00")});
  EXPECT_THAT(times(snapshot, "2026-06-02"),
              ElementsAre("09:00", "09:30", "10:00", "10:30", "11:00"));
}

TEST_F(Slots, an_appointment_may_cross_midnight_where_the_hours_touch) {
  add({hours("00:00", "01:00"), hours("23:00", "24:00")});
  snapshot.rules.slot_interval = 60min;
  snapshot.service.duration = 120min;
  EXPECT_THAT(times(snapshot, "2026-06-02"), ElementsAre("23:00"));
}

TEST_F(Slots, a_closure_of_the_next_day_ends_the_stretch_at_midnight) {
  add({hours("00:00", "01:00"), hours("23:00", "24:00")});
  snapshot.service.duration = 90min;
  snapshot.closures = {day("2026-06-03")};
  EXPECT_THAT(times(snapshot, "2026-06-02"), IsEmpty());
  EXPECT_THAT(times(snapshot, "2026-06-04"), ElementsAre("23:00", "23:30"));
}

TEST_F(Slots, weekly_hours_follow_the_weekday_with_0_as_sunday) {
  auto& anna = add({});
  anna.weekly[0] = {hours("10:00", "11:00")};
  anna.weekly[3] = {hours("12:00", "13:00")};
  EXPECT_THAT(
      shown(snapshot, "2026-06-01", "2026-06-14"),
      ElementsAre("2026-06-03 12:00", "2026-06-07 10:00", "2026-06-10 12:00", "2026-06-14 10:00"));
}

TEST_F(Slots, an_override_replaces_the_weekly_hours_of_its_date) {
  auto& anna = add({hours("09:00", "12:00")});
  anna.overrides = {{day("2026-06-02"), {hours("15:00", "16:00")}}, {day("2026-06-03"), {}}};
  EXPECT_THAT(times(snapshot, "2026-06-02"), ElementsAre("15:00"));
  EXPECT_THAT(times(snapshot, "2026-06-03"), IsEmpty());
  EXPECT_THAT(times(snapshot, "2026-06-04").size(), 5U);
}

TEST_F(Slots, a_closure_leaves_nothing_whatever_the_overrides_say) {
  auto& anna = add({hours("09:00", "12:00")});
  anna.overrides = {{day("2026-06-02"), {hours("09:00", "12:00")}}};
  snapshot.closures = {day("2026-06-02")};
  EXPECT_THAT(times(snapshot, "2026-06-02"), IsEmpty());
}

TEST_F(Slots, a_closure_is_a_day_of_the_business_also_for_staff_elsewhere) {
  auto& remote = add({hours("00:00", "24:00")});
  remote.zone = zone("America/New_York");
  snapshot.closures = {day("2026-06-03")};
  snapshot.rules.slot_interval = 60min;
  EXPECT_EQ(times(snapshot, "2026-06-02").back(), "23:00");
  EXPECT_THAT(times(snapshot, "2026-06-03"), IsEmpty());
  EXPECT_EQ(times(snapshot, "2026-06-04").front(), "00:00");
}

TEST_F(Slots, staff_elsewhere_work_by_their_own_wall_clock) {
  add({hours("09:00", "10:00")}).zone = zone("Asia/Kolkata");
  EXPECT_THAT(times(snapshot, "2026-06-02"), ElementsAre("05:30"));
}

TEST_F(Slots, time_off_keeps_the_appointment_away_but_not_its_buffers) {
  auto& anna = add({hours("09:00", "13:00")});
  anna.time_off = {range("2026-06-02T08:00:00Z", "2026-06-02T09:00:00Z")};  // 10:00 to 11:00
  snapshot.service.buffer_before = 30min;
  snapshot.service.buffer_after = 30min;
  EXPECT_THAT(times(snapshot, "2026-06-02"), ElementsAre("09:00", "11:00", "11:30", "12:00"));
}

TEST_F(Slots, occupations_block_and_those_that_touch_do_not) {
  auto& anna = add({hours("09:00", "13:00")});
  anna.occupations = {occupation(range("2026-06-02T08:00:00Z", "2026-06-02T09:00:00Z"))};
  EXPECT_THAT(times(snapshot, "2026-06-02"), ElementsAre("09:00", "11:00", "11:30", "12:00"));
}

TEST_F(Slots, buffers_of_neighbours_add_up) {
  auto& anna = add({hours("09:00", "14:00")});
  // 11:00 to 12:00, with ten minutes kept free on either side.
  anna.occupations = {
      occupation(range("2026-06-02T09:00:00Z", "2026-06-02T10:00:00Z"), 10min, 10min)};
  snapshot.rules.slot_interval = 5min;
  snapshot.service.buffer_before = 15min;
  snapshot.service.buffer_after = 20min;
  const auto found = times(snapshot, "2026-06-02");
  EXPECT_THAT(found,
              ElementsAre("09:00", "09:05", "09:10", "09:15", "09:20", "09:25", "09:30", "12:25",
                          "12:30", "12:35", "12:40", "12:45", "12:50", "12:55", "13:00"));
}

TEST_F(Slots, an_occupation_with_odd_seconds_blocks_the_minutes_it_touches) {
  auto& anna = add({hours("09:00", "13:00")});
  anna.occupations = {occupation(range("2026-06-02T08:00:00Z", "2026-06-02T09:00:00.000001Z"))};
  EXPECT_THAT(times(snapshot, "2026-06-02"), ElementsAre("09:00", "11:30", "12:00"));
}

TEST_F(Slots, minimum_notice_counts_to_the_minute_and_the_services_own_comes_first) {
  add({hours("09:00", "13:00")});
  snapshot.now = at("2026-06-02T07:00:00Z");  // 09:00
  EXPECT_EQ(times(snapshot, "2026-06-02").front(), "09:00");
  snapshot.now += 1us;
  EXPECT_EQ(times(snapshot, "2026-06-02").front(), "09:30");
  snapshot.now -= 1us;
  snapshot.rules.min_notice = 90min;
  EXPECT_EQ(times(snapshot, "2026-06-02").front(), "10:30");
  snapshot.service.min_notice = 120min;
  EXPECT_EQ(times(snapshot, "2026-06-02").front(), "11:00");
  snapshot.service.min_notice = 0min;
  EXPECT_EQ(times(snapshot, "2026-06-02").front(), "09:00");
}

TEST_F(Slots, the_horizon_is_a_date_of_the_business) {
  add({hours("00:00", "24:00")});
  snapshot.rules = {.slot_interval = 60min, .max_advance = days{2}};
  snapshot.now = at("2026-06-01T22:30:00Z");  // 2 June, 00:30
  EXPECT_EQ(shown(snapshot, "2026-06-01", "2026-06-30").front(), "2026-06-02 01:00");
  EXPECT_EQ(shown(snapshot, "2026-06-01", "2026-06-30").back(), "2026-06-04 23:00");
  snapshot.now = at("2026-06-01T21:30:00Z");  // 1 June, 23:30
  EXPECT_EQ(shown(snapshot, "2026-06-01", "2026-06-30").back(), "2026-06-03 23:00");
  snapshot.rules.max_advance = days{0};
  EXPECT_THAT(shown(snapshot, "2026-06-01", "2026-06-30"), IsEmpty());
}

TEST_F(Slots, lie_under_the_dates_of_the_display_zone_and_nothing_else_changes) {
  add({hours("09:00", "11:00")});
  const auto answer = free_slots(
      snapshot,
      {.from = day("2026-06-02"), .to = day("2026-06-03"), .display = zone("Pacific/Auckland")});
  EXPECT_EQ(answer.zone.name(), "Pacific/Auckland");
  ASSERT_EQ(answer.days.size(), 2U);
  ASSERT_EQ(answer.days[0].slots.size(), 3U);
  EXPECT_EQ(format_instant(answer.days[0].slots[0].start), "2026-06-02T07:00:00Z");
  EXPECT_EQ(format_time(answer.days[0].slots[0].time), "19:00");
}

TEST_F(Slots, list_every_date_that_was_asked_for) {
  const auto answer = free_slots(
      snapshot, {.from = day("2026-06-30"), .to = day("2026-07-02"), .display = snapshot.zone});
  ASSERT_EQ(answer.days.size(), 3U);
  EXPECT_EQ(answer.days[0].date, day("2026-06-30"));
  EXPECT_EQ(answer.days[2].date, day("2026-07-02"));
}

TEST_F(Slots, name_everyone_who_is_free_in_the_order_of_the_snapshot) {
  for (int i = 0; i < 130; ++i) add({hours("09:00", i % 2 == 0 ? "10:00" : "10:30")});
  const auto answer = free_slots(
      snapshot, {.from = day("2026-06-02"), .to = day("2026-06-02"), .display = snapshot.zone});
  ASSERT_EQ(answer.days[0].slots.size(), 2U);
  std::vector<std::size_t> early;
  std::vector<std::size_t> late;
  answer.staff_of(answer.days[0].slots[0], [&](std::size_t i) { early.push_back(i); });
  answer.staff_of(answer.days[0].slots[1], [&](std::size_t i) { late.push_back(i); });
  EXPECT_EQ(early.size(), 130U);
  EXPECT_EQ(late.size(), 65U);
  EXPECT_TRUE(std::ranges::is_sorted(early));
  EXPECT_EQ(late.front(), 1U);
  EXPECT_EQ(late.back(), 129U);
}

TEST_F(Slots, grids_with_odd_anchors_stand_side_by_side) {
  add({hours("09:00", "10:30")});
  add({hours("09:07", "10:37")});
  EXPECT_THAT(times(snapshot, "2026-06-02"), ElementsAre("09:00", "09:07", "09:30", "09:37"));
}

class Classes : public Slots {
 protected:
  Classes() {
    snapshot.service.capacity = 10;
    anna = &add({hours("09:00", "12:00")});
  }
  std::vector<std::pair<std::string, int>> seats(int party_size) {
    std::vector<std::pair<std::string, int>> found;
    const auto answer = free_slots(snapshot, {.from = day("2026-06-02"),
                                              .to = day("2026-06-02"),
                                              .display = snapshot.zone,
                                              .party_size = party_size});
    for (const Slot& slot : answer.days[0].slots) {
      found.emplace_back(format_time(slot.time), slot.seats_left);
    }
    return found;
  }

  StaffSchedule* anna = nullptr;
};

using Seat = std::pair<std::string, int>;

TEST_F(Classes, show_the_seats_of_new_and_of_running_sessions) {
  anna->occupations = {session(range("2026-06-02T08:00:00Z", "2026-06-02T09:00:00Z"), 10, 7)};
  EXPECT_THAT(seats(1), ElementsAre(Seat("09:00", 10), Seat("10:00", 3), Seat("11:00", 10)));
  EXPECT_THAT(seats(3), ElementsAre(Seat("09:00", 10), Seat("10:00", 3), Seat("11:00", 10)));
  EXPECT_THAT(seats(4), ElementsAre(Seat("09:00", 10), Seat("11:00", 10)));
  EXPECT_THAT(seats(11), IsEmpty());
}

TEST_F(Classes, a_session_is_a_slot_wherever_it_starts_and_as_long_as_it_is) {
  anna->occupations = {session(range("2026-06-02T07:40:00Z", "2026-06-02T09:00:00Z"), 4, 1)};
  EXPECT_THAT(seats(2), ElementsAre(Seat("09:40", 3), Seat("11:00", 10)));
  const auto answer = free_slots(
      snapshot, {.from = day("2026-06-02"), .to = day("2026-06-02"), .display = snapshot.zone});
  EXPECT_EQ(format_instant(answer.days[0].slots[0].end), "2026-06-02T09:00:00Z");
}

TEST_F(Classes, R57_a_session_with_more_seats_than_the_service_has_now_shows_those_of_now) {
  snapshot.service.capacity = 5;
  anna->occupations = {session(range("2026-06-02T08:00:00Z", "2026-06-02T09:00:00Z"), 10, 3)};
  EXPECT_THAT(seats(1), ElementsAre(Seat("09:00", 5), Seat("10:00", 2), Seat("11:00", 5)));
  EXPECT_THAT(seats(3), ElementsAre(Seat("09:00", 5), Seat("11:00", 5)));
  EXPECT_THAT(seats(6), IsEmpty()) << "a party larger than the service finds nothing";
}

TEST_F(Classes, a_session_is_not_sold_in_time_off_or_on_a_closure) {
  anna->occupations = {session(range("2026-06-02T08:00:00Z", "2026-06-02T09:00:00Z"), 10, 7)};
  anna->time_off = {range("2026-06-02T08:30:00Z", "2026-06-02T08:40:00Z")};
  EXPECT_THAT(seats(1), ElementsAre(Seat("09:00", 10), Seat("11:00", 10)));
  snapshot.closures = {day("2026-06-02")};
  EXPECT_THAT(seats(1), IsEmpty());
}

TEST_F(Classes, of_several_teachers_the_most_free_seats_count) {
  anna->occupations = {session(range("2026-06-02T08:00:00Z", "2026-06-02T09:00:00Z"), 10, 7)};
  auto& bert = add({hours("10:00", "11:00")});
  bert.occupations = {session(range("2026-06-02T08:00:00Z", "2026-06-02T09:00:00Z"), 10, 5)};
  EXPECT_THAT(seats(1), ElementsAre(Seat("09:00", 10), Seat("10:00", 5), Seat("11:00", 10)));
  const auto answer = free_slots(
      snapshot, {.from = day("2026-06-02"), .to = day("2026-06-02"), .display = snapshot.zone});
  std::vector<std::size_t> staff;
  answer.staff_of(answer.days[0].slots[1], [&](std::size_t i) { staff.push_back(i); });
  EXPECT_THAT(staff, ElementsAre(0U, 1U));
}

TEST_F(Slots, nearest_are_found_on_both_sides_and_listed_in_order) {
  add({hours("09:00", "13:00")});
  const auto answer = free_slots(
      snapshot, {.from = day("2026-06-02"), .to = day("2026-06-03"), .display = snapshot.zone});
  const auto nearest = nearest_slots(answer, at("2026-06-02T08:00:00Z"), 4);
  Texts texts;
  for (const auto& [date, slot] : nearest) texts.push_back(format_time(slot.time));
  EXPECT_THAT(texts, ElementsAre("09:00", "09:30", "10:00", "10:30"));
  EXPECT_THAT(nearest_slots(answer, at("2026-06-02T08:00:00Z"), 100).size(), 14U);
  EXPECT_THAT(nearest_slots(answer, at("2026-06-02T08:00:00Z"), 0), IsEmpty());
}

}  // namespace
}  // namespace frontdesk::availability

#include "appointments/choice.hpp"

#include <gtest/gtest.h>

namespace frontdesk::appointments {
namespace {

using availability::Occupation;
using availability::Snapshot;
using std::chrono::hours;
using std::chrono::minutes;

const Instant ten = *parse_instant("2026-03-10T09:00:00Z");  // 10:00 in Berlin

Snapshot with_members(std::size_t count) {
  const Zone berlin = *Zone::find("Europe/Berlin");
  Snapshot snapshot{.now = ten - hours{48},
                    .zone = berlin,
                    .rules = {.slot_interval = minutes{15}, .max_advance = std::chrono::days{180}},
                    .service = {.duration = minutes{30}}};
  for (std::size_t i = 0; i < count; ++i) {
    snapshot.staff.push_back({.id = StaffId::generate(), .zone = berlin});
  }
  return snapshot;
}

Occupation busy(Instant start) {
  const TimeRange range{start, start + minutes{30}};
  return {.id = OccupationId::generate(), .appointment = range, .blocked = range, .session = {}};
}

using Order = std::vector<std::size_t>;

TEST(OrderOfChoice, the_least_loaded_of_the_day_comes_first) {
  auto snapshot = with_members(3);
  snapshot.staff[0].occupations = {busy(ten + hours{1}), busy(ten + hours{2})};
  snapshot.staff[1].occupations = {busy(ten + hours{1})};
  EXPECT_EQ(order_of_choice(snapshot, ten, {0, 1, 2}), (Order{2, 1, 0}));
}

TEST(OrderOfChoice, only_the_local_day_counts) {
  auto snapshot = with_members(2);
  // 22:30Z the day before is 23:30 there, the day before too; 23:30Z is half past midnight.
  snapshot.staff[0].occupations = {busy(*parse_instant("2026-03-09T23:30:00Z"))};
  snapshot.staff[1].occupations = {busy(*parse_instant("2026-03-09T20:30:00Z")),
                                   busy(*parse_instant("2026-03-09T22:30:00Z"))};
  EXPECT_EQ(order_of_choice(snapshot, ten, {0, 1}), (Order{1, 0}));
}

TEST(OrderOfChoice, equally_loaded_ones_come_in_the_order_of_the_business) {
  EXPECT_EQ(order_of_choice(with_members(3), ten, {2, 0, 1}), (Order{0, 1, 2}));
}

TEST(OrderOfChoice, only_those_who_are_free_are_named) {
  EXPECT_EQ(order_of_choice(with_members(3), ten, {2}), (Order{2}));
  EXPECT_EQ(order_of_choice(with_members(3), ten, {}), Order{});
}

TEST(OrderOfChoice, a_running_session_is_filled_before_another_is_opened) {
  auto snapshot = with_members(2);
  auto session = busy(ten);
  session.session = Occupation::Seats{.capacity = 8, .booked = 3};
  snapshot.staff[1].occupations = {busy(ten - hours{1}), session};
  EXPECT_EQ(order_of_choice(snapshot, ten, {0, 1}), (Order{1, 0}));
}

TEST(OrderAgainstRules, the_gravest_objection_counts_before_any_load) {
  auto snapshot = with_members(5);
  const availability::Hours morning{hours{9}, hours{12}};
  for (auto& member : snapshot.staff) member.weekly.fill({morning});
  snapshot.staff[0].time_off = {{ten - hours{24}, ten + hours{24}}};
  snapshot.staff[1].weekly.fill({});
  snapshot.staff[1].time_off = snapshot.staff[0].time_off;
  snapshot.staff[2].weekly.fill({{hours{14}, hours{17}}});
  snapshot.staff[3].occupations = {busy(ten + hours{1}), busy(ten + hours{2})};
  snapshot.staff[4].occupations = {busy(ten + hours{1})};
  const Order expected{4, 3, 2, 0, 1};
  EXPECT_EQ(order_against_rules(snapshot, ten, {0, 1, 2, 3, 4}), expected);
  EXPECT_EQ(order_against_rules(snapshot, ten + minutes{7}, {0, 1, 2, 3, 4}), expected);
  snapshot.rules.min_notice = minutes{7 * 24 * 60};
  EXPECT_EQ(order_against_rules(snapshot, ten, {0, 1, 2, 3, 4}), expected) << "too soon for all";
}

TEST(OrderAgainstRules, whoever_starts_then_by_their_grid_comes_before_who_does_not) {
  auto snapshot = with_members(2);
  snapshot.staff[0].weekly.fill({{hours{9} + minutes{5}, hours{12}}});
  snapshot.staff[1].weekly.fill({{hours{9}, hours{12}}});
  snapshot.staff[1].occupations = {busy(ten + hours{1})};
  EXPECT_EQ(order_against_rules(snapshot, ten, {0, 1}), (Order{1, 0}));
}

}  // namespace
}  // namespace frontdesk::appointments

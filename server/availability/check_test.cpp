#include "availability/check.hpp"

#include "availability/local_time.hpp"
#include "availability/testing_snapshot.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace frontdesk::availability {
namespace {

using namespace testing;
using namespace std::chrono_literals;

/// Anna works from 9 to 17 in Berlin; it is 10:00 on Monday 2026-06-01.
class Check : public ::testing::Test {
 protected:
  Check() { snapshot.staff.push_back(member(snapshot.zone, {hours("09:00", "17:00")})); }

  StaffSchedule& anna() { return snapshot.staff.front(); }
  std::optional<Obstacle> obstacle(std::string_view start, CheckOptions options = {}) {
    const auto offer = check_start(snapshot, anna(), at(start), options);
    return offer ? std::nullopt : std::optional(offer.error());
  }

  Snapshot snapshot = business("Europe/Berlin", "2026-06-01T08:00:00Z");
};

constexpr auto free_start = "2026-06-02T10:00:00+02:00";

TEST_F(Check, offers_the_time_with_its_buffers) {
  snapshot.service.buffer_before = 5min;
  snapshot.service.buffer_after = 10min;
  const auto offer = check_start(snapshot, anna(), at(free_start));
  ASSERT_TRUE(offer);
  EXPECT_EQ(offer->appointment, range("2026-06-02T08:00:00Z", "2026-06-02T09:00:00Z"));
  EXPECT_EQ(offer->blocked, range("2026-06-02T07:55:00Z", "2026-06-02T09:10:00Z"));
  EXPECT_EQ(offer->session, std::nullopt);
  EXPECT_EQ(offer->seats_left, 1);
}

TEST_F(Check, names_what_is_in_the_way) {
  EXPECT_EQ(obstacle(free_start), std::nullopt);
  EXPECT_EQ(obstacle("2026-06-01T09:30:00+02:00"), Obstacle::in_the_past);
  EXPECT_EQ(obstacle("2026-06-02T08:00:00+02:00"), Obstacle::outside_hours);
  EXPECT_EQ(obstacle("2026-06-02T16:30:00+02:00"), Obstacle::outside_hours);
  EXPECT_EQ(obstacle("2026-06-02T10:10:00+02:00"), Obstacle::off_grid);
  EXPECT_EQ(obstacle("2026-06-02T10:00:01+02:00"), Obstacle::off_grid);
  EXPECT_EQ(obstacle("2027-06-01T10:00:00+02:00"), std::nullopt);
  EXPECT_EQ(obstacle("2027-06-02T10:00:00+02:00"), Obstacle::too_far);
  snapshot.rules.min_notice = 60min;
  EXPECT_EQ(obstacle("2026-06-01T10:30:00+02:00"), Obstacle::too_soon);
  EXPECT_EQ(obstacle("2026-06-01T11:00:00+02:00"), std::nullopt);
  snapshot.closures = {day("2026-06-03")};
  EXPECT_EQ(obstacle("2026-06-03T10:00:00+02:00"), Obstacle::closed);
  anna().time_off = {range("2026-06-04T08:30:00Z", "2026-06-04T08:31:00Z")};
  EXPECT_EQ(obstacle("2026-06-04T10:00:00+02:00"), Obstacle::time_off);
  anna().occupations = {
      occupation(range("2026-06-05T08:00:00Z", "2026-06-05T09:00:00Z"), 0min, 15min)};
  EXPECT_EQ(obstacle("2026-06-05T09:30:00+02:00"), Obstacle::taken);
  EXPECT_EQ(obstacle("2026-06-05T11:00:00+02:00"), Obstacle::taken);
  EXPECT_EQ(obstacle("2026-06-05T11:30:00+02:00"), std::nullopt);
}

TEST_F(Check, an_override_passes_every_rule_but_never_another_booking) {
  const CheckOptions override_all{.override_rules = true};
  snapshot.rules.min_notice = 60min;
  snapshot.closures = {day("2026-06-03")};
  anna().time_off = {range("2026-06-04T00:00:00Z", "2026-06-05T00:00:00Z")};
  anna().occupations = {occupation(range("2026-06-05T01:00:00Z", "2026-06-05T02:00:00Z"))};
  for (const char* start :
       {"2026-06-01T10:07:00+02:00", "2026-06-02T23:00:00+02:00", "2026-06-03T10:00:00+02:00",
        "2026-06-04T10:00:00+02:00", "2028-01-01T10:00:00+02:00"}) {
    EXPECT_NE(obstacle(start), std::nullopt) << start;
    EXPECT_EQ(obstacle(start, override_all), std::nullopt) << start;
  }
  EXPECT_EQ(obstacle("2026-06-05T03:30:00+02:00", override_all), Obstacle::taken);
  EXPECT_EQ(obstacle("2026-06-01T09:00:00+02:00", override_all), Obstacle::in_the_past);
}

TEST_F(Check, joins_a_session_with_seats_and_keeps_its_time) {
  snapshot.service.capacity = 8;
  anna().occupations = {session(range("2026-06-02T08:00:00Z", "2026-06-02T10:00:00Z"), 8, 6)};
  const auto offer = check_start(snapshot, anna(), at(free_start), {.party_size = 2});
  ASSERT_TRUE(offer);
  EXPECT_EQ(offer->session, anna().occupations[0].id);
  EXPECT_EQ(offer->appointment.end, at("2026-06-02T10:00:00Z"));
  EXPECT_EQ(offer->seats_left, 2);
  EXPECT_EQ(obstacle(free_start, {.party_size = 3}), Obstacle::full);
  EXPECT_EQ(obstacle("2026-06-02T09:30:00+02:00"), Obstacle::taken);
  EXPECT_EQ(obstacle("2026-06-02T13:00:00+02:00", {.party_size = 8}), std::nullopt);
  EXPECT_EQ(obstacle("2026-06-02T13:00:00+02:00", {.party_size = 9}), Obstacle::full);
  snapshot.service.capacity = 1;  // no longer a class: the session is just time taken
  EXPECT_EQ(obstacle(free_start), Obstacle::taken);
}

TEST_F(Check, R57_a_session_sells_no_seats_beyond_what_the_service_has_now) {
  snapshot.service.capacity = 5;
  anna().occupations = {session(range("2026-06-02T08:00:00Z", "2026-06-02T10:00:00Z"), 8, 3)};
  const auto offer = check_start(snapshot, anna(), at(free_start), {.party_size = 2});
  ASSERT_TRUE(offer);
  EXPECT_EQ(offer->seats_left, 2);
  EXPECT_EQ(obstacle(free_start, {.party_size = 3}), Obstacle::full);
  anna().occupations[0].session->booked = 7;
  EXPECT_EQ(obstacle(free_start), Obstacle::full);
  anna().occupations[0].session = {.capacity = 3, .booked = 1};
  EXPECT_EQ(obstacle(free_start, {.party_size = 3}), Obstacle::full) << "nor beyond its own";
}

TEST_F(Check, finds_everyone_who_can_take_a_start) {
  snapshot.staff.push_back(member(snapshot.zone, {hours("12:00", "17:00")}));
  snapshot.staff.push_back(member(snapshot.zone, {hours("09:00", "12:00")}));
  EXPECT_EQ(who_can_take(snapshot, at(free_start)), (std::vector<std::size_t>{0, 2}));
}

TEST_F(Check, names_the_nearest_obstacle_where_nobody_can) {
  snapshot.staff.push_back(member(snapshot.zone, {hours("12:00", "17:00")}));
  anna().occupations = {occupation(range("2026-06-02T08:00:00Z", "2026-06-02T09:00:00Z"))};
  EXPECT_EQ(who_can_take(snapshot, at(free_start)).error(), Obstacle::taken);
  EXPECT_EQ(who_can_take(snapshot, at("2026-06-02T05:00:00Z")).error(), Obstacle::outside_hours);
  snapshot.staff.clear();
  EXPECT_EQ(who_can_take(snapshot, at(free_start)).error(), Obstacle::outside_hours);
}

TEST_F(Check, a_released_occupation_is_free_again) {
  anna().occupations = {occupation(range("2026-06-02T08:00:00Z", "2026-06-02T09:00:00Z"))};
  release(snapshot, OccupationId::generate(), 1);
  EXPECT_EQ(obstacle(free_start), Obstacle::taken);
  release(snapshot, anna().occupations[0].id, 1);
  EXPECT_EQ(obstacle(free_start), std::nullopt);
}

TEST_F(Check, a_released_seat_leaves_the_session_to_the_others) {
  snapshot.service.capacity = 2;
  anna().occupations = {session(range("2026-06-02T08:00:00Z", "2026-06-02T09:00:00Z"), 2, 2)};
  EXPECT_EQ(obstacle(free_start), Obstacle::full);
  release(snapshot, anna().occupations[0].id, 1);
  EXPECT_EQ(obstacle(free_start), std::nullopt);
  EXPECT_EQ(obstacle("2026-06-02T09:30:00+02:00"), Obstacle::taken);
  release(snapshot, anna().occupations[0].id, 1);
  EXPECT_EQ(obstacle("2026-06-02T09:30:00+02:00"), std::nullopt);
}

TEST(RefusalOf, uses_the_codes_of_the_contract) {
  const std::vector<std::pair<Obstacle, std::string>> codes = {
      {Obstacle::in_the_past, "in_the_past"},
      {Obstacle::too_soon, "too_soon"},
      {Obstacle::too_far, "too_far"},
      {Obstacle::closed, "outside_working_hours"},
      {Obstacle::outside_hours, "outside_working_hours"},
      {Obstacle::time_off, "outside_working_hours"},
      {Obstacle::off_grid, "off_grid"},
      {Obstacle::taken, "slot_taken"},
      {Obstacle::full, "slot_taken"}};
  for (const auto& [obstacle, code] : codes) {
    const Error error = refusal_of(obstacle);
    EXPECT_EQ(error.code, code);
    EXPECT_EQ(error.kind, code == "slot_taken" ? ErrorKind::conflict : ErrorKind::invalid);
    EXPECT_FALSE(error.message.empty());
  }
}

TEST(ResolveLocalTime, R61_is_one_instant_or_a_refusal) {
  const Zone berlin = zone("Europe/Berlin");
  EXPECT_EQ(resolve_local_time(berlin, day("2026-06-02"), 600min), at("2026-06-02T08:00:00Z"));

  const auto skipped = resolve_local_time(berlin, day("2026-03-29"), 150min);
  ASSERT_FALSE(skipped);
  EXPECT_EQ(skipped.error().code, "nonexistent_time");
  EXPECT_EQ(skipped.error().kind, ErrorKind::invalid);

  const auto repeated = resolve_local_time(berlin, day("2026-10-25"), 150min);
  ASSERT_FALSE(repeated);
  EXPECT_EQ(repeated.error().code, "ambiguous_time");
  EXPECT_EQ(boost::json::serialize(repeated.error().details),
            R"({"starts_at":["2026-10-25T00:30:00Z","2026-10-25T01:30:00Z"]})");
}

}  // namespace
}  // namespace frontdesk::availability

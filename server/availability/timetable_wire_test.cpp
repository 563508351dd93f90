#include "availability/timetable_wire.hpp"

#include "availability/testing_snapshot.hpp"
#include "core/testing_error.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::availability {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> problems(const char* body) {
  return frontdesk::testing::problems(wire::read_week(boost::json::parse(body)));
}

TEST(WeekWire, intervals_come_in_any_order_and_may_touch_and_end_at_24_00) {
  const auto week = wire::read_week(boost::json::parse(
      R"({"items":[{"weekday":6,"start":"14:00","end":"24:00"},{"weekday":0,"start":"00:00","end":"24:00"},
                   {"weekday":6,"start":"09:00","end":"14:00"}]})"));
  ASSERT_TRUE(week);
  EXPECT_THAT((*week)[6], ElementsAre(hours("09:00", "14:00"), hours("14:00", "24:00")));
  EXPECT_THAT((*week)[0], ElementsAre(hours("00:00", "24:00")));
  EXPECT_THAT((*week)[1], IsEmpty());
  EXPECT_TRUE(wire::read_week(boost::json::parse(R"({"items":[]})")));
}

TEST(WeekWire, a_list_alone_is_the_week) {
  const auto week =
      wire::read_week(boost::json::parse(R"([{"weekday":6,"start":"09:00","end":"14:00"}])"));
  ASSERT_TRUE(week);
  EXPECT_THAT((*week)[6], ElementsAre(hours("09:00", "14:00")));
  EXPECT_TRUE(wire::read_week(boost::json::parse("[]")));
  EXPECT_THAT(problems(R"([{"weekday":6,"start":"09:00"}])"), ElementsAre("items.0.end:required"));
  EXPECT_FALSE(wire::read_week(boost::json::parse(R"("items")")));
}

TEST(IntervalsWire, a_list_alone_is_the_day_and_an_empty_one_is_closed) {
  const auto day = wire::read_intervals(boost::json::parse(R"([{"start":"09:00","end":"14:00"}])"));
  ASSERT_TRUE(day);
  EXPECT_THAT(*day, ElementsAre(hours("09:00", "14:00")));
  EXPECT_THAT(wire::read_intervals(boost::json::parse("[]")).value(), IsEmpty());
}

TEST(WeekWire, every_bad_field_is_named_with_its_place) {
  EXPECT_THAT(
      problems(
          R"({"items":[{"weekday":7,"start":"24:00","end":"9:00"},{"weekday":1,"start":"10:00","end":"10:00"},
                            3,{"start":"09:00","end":"10:00","note":"x"}]})"),
      ElementsAre("items.0.weekday:out_of_range", "items.0.start:invalid", "items.0.end:invalid",
                  "items.1.end:out_of_range", "items.2:invalid", "items.3.weekday:required",
                  "items.3.note:unknown_field"));
  EXPECT_THAT(problems(R"({"items":{}})"), ElementsAre("items:invalid"));
  EXPECT_THAT(problems(R"({"timezone":"UTC"})"),
              ElementsAre("items:required", "timezone:unknown_field"));
}

TEST(WeekWire, intervals_of_a_day_do_not_overlap) {
  EXPECT_THAT(problems(R"({"items":[{"weekday":1,"start":"12:00","end":"14:00"},
                                    {"weekday":1,"start":"09:00","end":"12:01"}]})"),
              ElementsAre("items:overlap"));
  EXPECT_THAT(problems(R"({"items":[{"weekday":1,"start":"12:00","end":"14:00"},
                                    {"weekday":1,"start":"12:00","end":"13:00"}]})"),
              ElementsAre("items:overlap"));
}

TEST(WeekWire, a_day_has_ten_intervals_at_most) {
  boost::json::array items;
  for (int i = 0; i < 10; ++i) {
    items.push_back({{"weekday", 3},
                     {"start", format_time(LocalTime{60 * i})},
                     {"end", format_time(LocalTime{60 * i + 30})}});
  }
  EXPECT_TRUE(wire::read_week(boost::json::object{{"items", items}}));
  items.push_back({{"weekday", 3}, {"start", "20:00"}, {"end", "21:00"}});
  const auto week = wire::read_week(boost::json::object{{"items", items}});
  ASSERT_FALSE(week);
  EXPECT_EQ(week.error().fields.at(0).code, "too_long");
}

std::vector<std::string> problems_of_day(const char* body) {
  return frontdesk::testing::problems(wire::read_intervals(boost::json::parse(body)));
}

TEST(OverrideWire, intervals_come_in_any_order_and_none_is_a_day_off) {
  const auto day = wire::read_intervals(boost::json::parse(
      R"({"intervals":[{"start":"14:00","end":"24:00"},{"start":"09:00","end":"14:00"}]})"));
  ASSERT_TRUE(day);
  EXPECT_THAT(*day, ElementsAre(hours("09:00", "14:00"), hours("14:00", "24:00")));
  EXPECT_THAT(*wire::read_intervals(boost::json::parse(R"({"intervals":[]})")), IsEmpty());
}

TEST(OverrideWire, R17_nothing_else_is_a_day) {
  EXPECT_THAT(problems_of_day(R"({"intervals":[{"start":"09:00","end":"12:00","date":"x"}]})"),
              ElementsAre("intervals.0.date:unknown_field"));
  EXPECT_THAT(problems_of_day(R"({"intervals":[{"start":"09:00","end":"12:00"},
                                               {"start":"11:59","end":"13:00"}]})"),
              ElementsAre("intervals:overlap"));
  EXPECT_THAT(problems_of_day(R"({"items":[]})"),
              ElementsAre("intervals:required", "items:unknown_field"));
}

}  // namespace
}  // namespace frontdesk::availability

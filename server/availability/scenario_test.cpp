#include "availability/scenario.hpp"

#include "availability/scenario_wire.hpp"
#include "availability/testing_snapshot.hpp"

#include <sstream>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::availability {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

struct Outcome {
  int code;
  std::string out;
  std::string errors;
};

Outcome run(const std::string& scenario, std::optional<std::string> explain = {}) {
  std::istringstream in(scenario);
  std::ostringstream out;
  std::ostringstream errors;
  const int code = run_slots(in, out, errors, std::move(explain));
  return {code, out.str(), errors.str()};
}

constexpr auto good = R"({
  "timezone": "Europe/Berlin", "now": "2026-03-27T08:00:00Z",
  "from": "2026-03-29", "to": "2026-03-30",
  "service": {"duration": 60, "buffer_before": 0, "buffer_after": 10, "min_notice": 0},
  "rules": {"slot_interval": 30, "min_notice": 120, "max_advance_days": 30},
  "closures": ["2026-04-03"],
  "staff": [
    {"id": "anna", "working_hours": [{"weekday": 1, "start": "09:00", "end": "11:30"},
                                     {"weekday": 0, "start": "22:00", "end": "24:00"}],
     "overrides": {"2026-03-31": []},
     "time_off": [{"starts_at": "2026-03-30T08:30:00Z", "ends_at": "2026-03-30T09:00:00Z"}],
     "occupied": [{"starts_at": "2026-03-29T21:00:00+02:00", "ends_at": "2026-03-29T22:00:00+02:00",
                   "buffer_after": 15, "status": "confirmed"},
                  {"starts_at": "2026-03-30T07:00:00Z", "ends_at": "2026-03-30T08:00:00Z",
                   "status": "cancelled"}]},
    {"id": 7, "timezone": "Europe/London", "working_hours": [],
     "overrides": {"2026-03-30": [{"start": "08:00", "end": "09:00"}]}}
  ]})";

/// `good` with the value at `pointer` replaced, or taken away where `replacement` is empty.
std::string changed(std::string_view pointer, const std::string& replacement) {
  boost::json::value json = boost::json::parse(good);
  if (replacement.empty()) {
    const auto slash = pointer.rfind('/');
    json.at_pointer(pointer.substr(0, slash)).as_object().erase(pointer.substr(slash + 1));
  } else {
    const auto slash = pointer.rfind('/');
    auto& parent = json.at_pointer(pointer.substr(0, slash));
    const auto name = pointer.substr(slash + 1);
    if (parent.is_object()) {
      parent.as_object()[name] = boost::json::parse(replacement);
    } else {
      json.at_pointer(pointer) = boost::json::parse(replacement);
    }
  }
  return boost::json::serialize(json);
}

TEST(RunSlots, answers_a_scenario_with_every_date_in_order) {
  const Outcome answer = run(good);
  EXPECT_EQ(answer.code, 0);
  EXPECT_EQ(answer.errors, "");
  EXPECT_EQ(
      answer.out,
      R"({"timezone":"Europe/Berlin","days":[{"date":"2026-03-29","slots":[{"time":"22:30","starts_at":"2026-03-29T20:30:00Z","ends_at":"2026-03-29T21:30:00Z","staff_ids":["anna"]},{"time":"23:00","starts_at":"2026-03-29T21:00:00Z","ends_at":"2026-03-29T22:00:00Z","staff_ids":["anna"]}]},{"date":"2026-03-30","slots":[{"time":"09:00","starts_at":"2026-03-30T07:00:00Z","ends_at":"2026-03-30T08:00:00Z","staff_ids":["anna",7]},{"time":"09:30","starts_at":"2026-03-30T07:30:00Z","ends_at":"2026-03-30T08:30:00Z","staff_ids":["anna"]}]}]})"
      "\n");
}

TEST(RunSlots, needs_little) {
  const Outcome answer = run(
      R"({"timezone":"UTC","now":"2026-01-01T00:00:00Z","from":"2026-01-01","to":"2026-01-01",
          "service":{"duration":30},"staff":null,"closures":null})");
  EXPECT_EQ(answer.code, 0) << answer.errors;
  EXPECT_EQ(answer.out,
            "{\"timezone\":\"UTC\",\"days\":[{\"date\":\"2026-01-01\",\"slots\":[]}]}\n");
}

TEST(RunSlots, shows_seats_of_classes) {
  const std::string scenario =
      R"({"timezone":"UTC","now":"2026-01-01T00:00:00Z","from":"2026-01-02","to":"2026-01-02",
          "party_size":2,"service":{"duration":60,"capacity":10},
          "rules":{"slot_interval":60},
          "staff":[{"id":"a","overrides":{"2026-01-02":[{"start":"09:00","end":"12:00"}]},
            "occupied":[{"starts_at":"2026-01-02T09:00:00Z","ends_at":"2026-01-02T10:00:00Z","booked":8},
                        {"starts_at":"2026-01-02T10:00:00Z","ends_at":"2026-01-02T11:00:00Z","booked":4,"capacity":5}]}]})";
  const Outcome answer = run(scenario);
  EXPECT_EQ(answer.code, 0) << answer.errors;
  EXPECT_THAT(
      answer.out,
      HasSubstr(
          R"("time":"09:00","starts_at":"2026-01-02T09:00:00Z","ends_at":"2026-01-02T10:00:00Z","staff_ids":["a"],"seats_left":2})"));
  EXPECT_THAT(
      answer.out,
      HasSubstr(
          R"("time":"11:00","starts_at":"2026-01-02T11:00:00Z","ends_at":"2026-01-02T12:00:00Z","staff_ids":["a"],"seats_left":10})"));
  EXPECT_THAT(answer.out, Not(HasSubstr(R"("time":"10:00")")));
}

struct Bad {
  const char* pointer;
  const char* value;
  const char* complaint;
};

const Bad bad[] = {
    {"/timezone", "", "timezone: is missing"},
    {"/timezone", R"("europe/berlin")", "timezone: must be an IANA time zone"},
    {"/timezone", R"("FOO+3")", "timezone: must be an IANA time zone"},
    {"/timezone", "3", "timezone: must be"},
    {"/now", R"("2026-03-27T08:00:00")", "now: must be RFC 3339"},
    {"/now", R"("infinity")", "now: must be RFC 3339"},
    {"/from", R"("2026-02-30")", "from: must be a date"},
    {"/from", "20260329", "from: must be a date"},
    {"/to", R"("2026-03-28")", "to: must not be before from"},
    {"/to", R"("2026-05-30")", "to: must be at most 61 days after from"},
    {"/service", "", "service: is missing"},
    {"/service", "[]", "service: must be an object"},
    {"/service/duration", "", "service.duration: is missing"},
    {"/service/duration", "0", "service.duration: must be a whole number from 1 to 1440"},
    {"/service/duration", "1441", "service.duration: must be"},
    {"/service/duration", "30.5", "service.duration: must be"},
    {"/service/duration", R"("30")", "service.duration: must be"},
    {"/service/duration", "1e3", "service.duration: must be"},
    {"/service/duration", "99999999999999999999", "service.duration: must be"},
    {"/service/buffer_after", "-1", "service.buffer_after: must be"},
    {"/service/price", "5", "service.price: is unknown"},
    {"/rules/slot_interval", "0", "rules.slot_interval: must be"},
    {"/rules/max_advance_days", "99999999", "rules.max_advance_days: must be"},
    {"/closures", "{}", "closures: must be an array"},
    {"/closures/0", R"("25.12.2026")", "closures[0]: must be a date"},
    {"/staff", "{}", "staff: must be an array"},
    {"/staff/0", "1", "staff[0]: must be an object"},
    {"/staff/0/id", "", "staff[0].id: is missing"},
    {"/staff/0/id", "7", "staff[1].id: occurs twice"},
    {"/staff/0/id", R"("")", "staff[0].id: must be"},
    {"/staff/1/timezone", R"("GMT+25")", "staff[1].timezone: must be"},
    {"/staff/0/working_hours/0/weekday", "7", "staff[0].working_hours[0].weekday: must be"},
    {"/staff/0/working_hours/0/start", R"("24:00")", "staff[0].working_hours[0].start: must be"},
    {"/staff/0/working_hours/0/end", R"("09:00")", "working_hours[0].end: must be after start"},
    {"/staff/0/working_hours/0/end", R"("24:01")", "staff[0].working_hours[0].end: must be"},
    {"/staff/0/overrides", "[]", "staff[0].overrides: must be an object"},
    {"/staff/0/overrides/tomorrow", "[]", "staff[0].overrides: must have dates"},
    {"/staff/0/overrides/2026-03-31", "null", "staff[0].overrides.2026-03-31: must be an array"},
    {"/staff/0/overrides/2026-03-31", R"([{"start":"10:00"}])",
     "staff[0].overrides.2026-03-31[0].end: is missing"},
    {"/staff/0/time_off/0/ends_at", R"("2026-03-30T08:30:00Z")",
     "staff[0].time_off[0].ends_at: must be after starts_at"},
    {"/staff/0/occupied/0/status", R"("maybe")", "staff[0].occupied[0].status: must be"},
    {"/staff/0/occupied/0/capacity", "3", "staff[0].occupied[0].capacity: needs booked"},
    {"/staff/0/occupied/0/nonsense", "3", "staff[0].occupied[0].nonsense: is unknown"},
    {"/party_size", "0", "party_size: must be"},
};

TEST(RunSlots, names_the_field_that_is_wrong_and_says_nothing_else) {
  for (const auto& [pointer, value, complaint] : bad) {
    const Outcome answer = run(changed(pointer, value));
    EXPECT_EQ(answer.code, 2) << pointer << value;
    EXPECT_EQ(answer.out, "") << pointer;
    EXPECT_THAT(answer.errors, HasSubstr(complaint)) << pointer << ' ' << value;
    EXPECT_THAT(answer.errors, StartsWith("frontdesk slots: ")) << pointer;
  }
}

TEST(RunSlots, names_all_wrong_fields_together_but_not_without_end) {
  const Outcome answer = run(R"({"from":"x","to":"y"})");
  EXPECT_THAT(answer.errors, HasSubstr("timezone: is missing"));
  EXPECT_THAT(answer.errors, HasSubstr("from: must be a date"));
  EXPECT_THAT(answer.errors, HasSubstr("service: is missing"));
  std::string many = R"({"closures":[)";
  for (int i = 0; i < 3000; ++i) many += "1,";
  const Outcome endless = run(many + "1]}");
  EXPECT_EQ(std::ranges::count(endless.errors, '\n'), 20);
}

TEST(RunSlots, refuses_what_is_no_json) {
  for (const char* text : {"", "null", "[]", "{", "{} {}", "\xff", R"({"now":1,"now":1})"}) {
    const Outcome answer = run(text);
    EXPECT_EQ(answer.code, 2) << text;
    EXPECT_EQ(answer.out, "") << text;
    EXPECT_NE(answer.errors, "") << text;
  }
  EXPECT_THAT(run(std::string(longest_scenario_bytes + 100, ' ')).errors, HasSubstr("longer than"));
}

TEST(RunSlots, does_not_echo_control_characters) {
  const Outcome answer = run("{\"\\u001b[31m\": 1}");
  EXPECT_THAT(answer.errors, HasSubstr("?[31m: is unknown"));
  EXPECT_EQ(answer.errors.find('\x1b'), std::string::npos);
}

TEST(Explain, says_for_each_member_why) {
  EXPECT_EQ(run(good, "2026-03-30T09:00").out,
            "anna: 2026-03-30 09:00 is offered: 2026-03-30 09:00 to 2026-03-30 10:00 is free, and "
            "2026-03-30 09:00 to 2026-03-30 10:10 with buffers.\n"
            "7: 2026-03-30 09:00 is offered: 2026-03-30 09:00 to 2026-03-30 10:00 is free, and "
            "2026-03-30 09:00 to 2026-03-30 10:10 with buffers.\n");
  EXPECT_EQ(run(good, "2026-03-30T10:00").out,
            "anna: 2026-03-30 10:00 is not offered: there is time off from 2026-03-30 10:30 to "
            "2026-03-30 11:00.\n"
            "7: 2026-03-30 10:00 is not offered: 60 minutes do not fit into the working hours: the "
            "hours set for that date of 2026-03-30 are 08:00 to 09:00 (Europe/London).\n");
  EXPECT_EQ(run(good, "2026-03-30T08:00:00Z").out, run(good, "2026-03-30T10:00").out);
}

struct Question {
  const char* start;
  const char* answer;
};

TEST(Explain, has_a_sentence_for_every_obstacle) {
  const Question questions[] = {
      {"2026-03-27T08:59", "lies in the past: it is 2026-03-27 09:00"},
      {"2026-04-27T09:00", "too far ahead: the last bookable date is 2026-04-26"},
      {"2026-04-03T09:00", "the business is closed then"},
      {"2026-03-30T09:10",
       "starts are 30 minutes apart, counted from the opening: the weekly hours"},
      {"2026-03-29T22:00", "2026-03-29 21:00 to 2026-03-29 22:15 with buffers is taken"},
      {"2026-03-31T10:00", "the hours set for that date of 2026-03-31 are none"},
      {"2026-03-29T02:30", "does not exist in Europe/Berlin"},
      {"2026-10-25T02:30", "occurs twice in Europe/Berlin"},
      {"2026-04-06T09:00", "is not one of the dates asked for"},
  };
  for (const auto& [start, answer] : questions) {
    const Outcome said = run(good, start);
    EXPECT_EQ(said.code, 0) << start;
    EXPECT_THAT(said.out, HasSubstr(answer)) << start;
  }
  EXPECT_THAT(run(changed("/service/min_notice", "600"), "2026-03-27T12:00").out,
              HasSubstr("600 minutes of notice are wanted, so not before 2026-03-27 19:00"));
  EXPECT_THAT(run(changed("/staff", "[]"), "2026-03-30T10:00").out, HasSubstr("has no staff"));
}

TEST(Explain, refuses_what_is_no_start) {
  for (const char* start : {"", "10:00", "2026-03-30", "2026-03-30 10:00", "2026-03-30T24:00",
                            "2026-03-30T10:00:00", "2026-02-30T10:00", "tomorrow"}) {
    const Outcome said = run(good, start);
    EXPECT_EQ(said.code, 2) << start;
    EXPECT_EQ(said.out, "") << start;
    EXPECT_THAT(said.errors, HasSubstr("--explain: must be")) << start;
  }
}

}  // namespace
}  // namespace frontdesk::availability

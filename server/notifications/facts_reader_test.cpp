#include "notifications/facts_reader.hpp"

#include "notifications/testing_messages.hpp"
#include "queue/event.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace frontdesk::notifications {
namespace {

Zone zone(std::string_view name) {
  return *Zone::find(name);
}

Result<Facts> read(std::string_view event, std::string_view text) {
  return read_facts(testing::event_named(event), boost::json::parse(text).as_object(),
                    zone("Asia/Tokyo"));
}

std::string refusal(std::string_view event, std::string_view text) {
  const auto facts = read(event, text);
  return facts ? "" : facts.error().code + ": " + facts.error().message;
}

TEST(FactsReader, reads_what_the_features_write) {
  queue::FactsWriter writer;
  writer.text("name", "Ada \"L\"\n")
      .text("service", "Cut")
      .text("staff", "Mara")
      .moment("starts_at", *parse_instant("2026-03-03T13:30:00Z"), "Europe/Berlin")
      .moment("previous_starts_at", *parse_instant("2026-03-02T13:30:00Z"))
      .number("minutes", 45)
      .money("price", {4500, "EUR"})
      .json("appointment", R"({"id":1})");
  const auto facts = read("appointment.rescheduled", writer.finish());
  ASSERT_TRUE(facts) << facts.error().message;
  EXPECT_FALSE(check_facts(testing::event_named("appointment.rescheduled"), *facts));
  EXPECT_EQ(std::get<std::string>(facts->at("name")), "Ada \"L\"\n");
  EXPECT_EQ(std::get<Moment>(facts->at("starts_at")).zone, zone("Europe/Berlin"));
  EXPECT_EQ(std::get<Moment>(facts->at("previous_starts_at")).zone, zone("Asia/Tokyo"));
  EXPECT_EQ(std::get<std::int64_t>(facts->at("minutes")), 45);
  EXPECT_EQ(std::get<Money>(facts->at("price")), (Money{4500, "EUR"}));
  EXPECT_FALSE(facts->contains("appointment")) << "it is not for templates";
}

TEST(FactsReader, reads_a_day_and_its_agenda) {
  const auto facts = read("staff.agenda", R"({"day": "2026-03-03", "count": 1, "agenda": [
      {"starts": "09:00", "ends": "24:00", "service": "Cut", "customer": ""}]})");
  ASSERT_TRUE(facts) << facts.error().message;
  EXPECT_EQ(std::get<LocalDate>(facts->at("day")), *parse_date("2026-03-03"));
  const auto& agenda = std::get<Agenda>(facts->at("agenda"));
  ASSERT_EQ(agenda.size(), 1U);
  EXPECT_EQ(agenda[0].ends, std::chrono::hours{24});
}

TEST(FactsReader, refuses_another_form_and_never_says_the_value) {
  for (const auto* text : {R"({"code": 123456})", R"({"minutes": "10"})", R"({"minutes": 1.5})",
                           R"({"code": null})", R"({"minutes": true})"}) {
    EXPECT_NE(refusal("auth.code", text), "") << text;
  }
  for (const auto* text :
       {R"({"starts_at": "2026-03-03T13:30:00Z"})", R"({"starts_at": {}})",
        R"({"starts_at": {"at": "2026-03-03"}})",
        R"({"starts_at": {"at": "2026-03-03T13:30:00Z", "zone": "FOO+3"}})",
        R"({"starts_at": {"at": "2026-03-03T13:30:00Z", "offset": 1}})",
        R"({"price": {"amount": 4500}})", R"({"price": {"amount": "1", "currency": "EUR"}})",
        R"({"price": {"amount": 1, "currency": "EUR", "vat": 1}})", R"({"service": ["Cut"]})"}) {
    EXPECT_NE(refusal("appointment.booked", text), "") << text;
  }
  EXPECT_NE(refusal("staff.agenda", R"({"day": "3 March"})"), "");
  EXPECT_NE(refusal("staff.agenda", R"({"agenda": [{"starts": "09:00"}]})"), "");
  EXPECT_NE(refusal("staff.agenda", R"({"agenda": {}})"), "");
  EXPECT_EQ(refusal("auth.code", R"({"code": ["987654"]})"),
            "facts_incomplete: auth.code: the fact code has another form.");
}

}  // namespace
}  // namespace frontdesk::notifications

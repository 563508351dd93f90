#include "availability/routes.hpp"
#include "availability/testing_business.hpp"
#include "http/request_builder.hpp"
#include "http/static_content.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::availability {
namespace {

using namespace testing;
using std::chrono::days;
using ::testing::ElementsAre;

class RoutesPg : public Business {
 protected:
  http::Response get(std::string_view pattern,
                     std::vector<std::pair<std::string, std::string>> query) {
    for (const auto& route : table) {
      if (route.pattern != pattern) continue;
      const auto request = http::RequestBuilder().query(std::move(query)).build();
      return frontdesk::testing::run(route.handler(request));
    }
    return {.status = 0};
  }
  http::Response month() {
    return get("/api/v1/availability", {{"service_id", cut.to_string()},
                                        {"from", format_date(date)},
                                        {"to", format_date(date + days{30})}});
  }

  http::RouteTable table = routes(availability);
};

TEST_F(RoutesPg, an_answer_is_made_once_until_something_that_it_shows_changes) {
  const auto first = month().content;
  EXPECT_EQ(month().content, first);
  sql("INSERT INTO time_off (id, staff_id, starts_at, ends_at) VALUES (gen_random_uuid(), {0}, "
      "({1}::date + time '10:00') AT TIME ZONE 'Europe/Berlin', "
      "({1}::date + time '11:00') AT TIME ZONE 'Europe/Berlin')");
  const auto second = month().content;
  EXPECT_NE(second->body, first->body);
  EXPECT_NE(second->etag, first->etag);
  EXPECT_EQ(month().content, second);
}

TEST_F(RoutesPg, the_route_answers_in_the_form_of_the_contract) {
  sql("UPDATE working_hours SET end_minute = 600 WHERE staff_id = {0}");
  sql("DELETE FROM working_hours WHERE staff_id <> {0}");
  const auto response = get("/api/v1/availability", {{"service_id", cut.to_string()},
                                                     {"from", format_date(date)},
                                                     {"to", format_date(date + days{1})}});
  ASSERT_EQ(response.status, 200U) << response.body;
  ASSERT_TRUE(response.content);
  const auto json = boost::json::parse(response.content->body);
  EXPECT_TRUE(json.at("success").as_bool());
  EXPECT_EQ(text(json.at("data").at("timezone")), "Europe/Berlin");
  ASSERT_EQ(json.at("data").at("days").as_array().size(), 2U);
  const auto& day = json.at("data").at("days").at(0);
  EXPECT_EQ(text(day.at("date")), format_date(date));
  ASSERT_EQ(day.at("slots").as_array().size(), 1U);
  const auto& slot = day.at("slots").at(0).as_object();
  EXPECT_EQ(text(slot.at("time")), "09:00");
  EXPECT_EQ(text(slot.at("staff_ids").as_array()[0]), mara.to_string());
  EXPECT_TRUE(parse_instant(std::string_view(slot.at("starts_at").as_string())));
  EXPECT_TRUE(parse_instant(std::string_view(slot.at("ends_at").as_string())));
  EXPECT_FALSE(slot.contains("seats_left"));
}

TEST_F(RoutesPg, the_routes_name_every_bad_parameter) {
  const auto errors = [&](std::vector<std::pair<std::string, std::string>> query) {
    const auto response = get("/api/v1/availability", std::move(query));
    EXPECT_EQ(response.status, 422U) << response.body;
    std::vector<std::string> fields;
    for (const auto& error : boost::json::parse(response.body).at("errors").as_array()) {
      fields.emplace_back(error.at("field").as_string());
    }
    std::ranges::sort(fields);
    return fields;
  };
  const std::string id = cut.to_string();
  EXPECT_THAT(errors({}), ElementsAre("from", "service_id", "to"));
  EXPECT_THAT(errors({{"service_id", "x"}, {"from", "2026-02-30"}, {"to", "tomorrow"}}),
              ElementsAre("from", "service_id", "to"));
  EXPECT_THAT(errors({{"service_id", id}, {"from", "2026-03-02"}, {"to", "2026-03-01"}}),
              ElementsAre("to"));
  EXPECT_THAT(errors({{"service_id", id}, {"from", "2026-03-01"}, {"to", "2026-05-02"}}),
              ElementsAre("to"));
  EXPECT_THAT(errors({{"service_id", id},
                      {"from", "2026-03-01"},
                      {"to", "2026-03-01"},
                      {"timezone", "FOO+3"},
                      {"party_size", "0"},
                      {"staff_id", "1"},
                      {"page", "2"}}),
              ElementsAre("page", "party_size", "staff_id", "timezone"));
}

TEST_F(RoutesPg, the_last_and_the_first_dates_there_are_can_be_asked_for) {
  for (const auto& [from, to] :
       {std::pair("2100-11-01", "2100-12-31"), std::pair("2000-01-01", "2000-03-02")}) {
    const auto response =
        get("/api/v1/availability", {{"service_id", cut.to_string()}, {"from", from}, {"to", to}});
    EXPECT_EQ(response.status, 200U) << response.body;
  }
  const auto next = get("/api/v1/availability/next",
                        {{"service_id", cut.to_string()}, {"timezone", "Pacific/Kiritimati"}});
  EXPECT_EQ(next.status, 200U) << next.body;
  EXPECT_EQ(get("/api/v1/availability/next", {{"service_id", retired.to_string()}}).status, 422U);
  EXPECT_EQ(get("/api/v1/availability/next", {{"service_id", mara.to_string()}}).status, 404U);
}

}  // namespace
}  // namespace frontdesk::availability

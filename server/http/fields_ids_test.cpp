#include "core/testing_error.hpp"
#include "http/fields.hpp"

#include <string>

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

using frontdesk::testing::problems;
using ::testing::ElementsAre;

TEST(Fields, lists_of_ids_are_read_in_order) {
  const auto body = boost::json::parse(
      R"({"ids":["0190b1a2-0000-7000-8000-000000000002","0190B1A2-0000-7000-8000-000000000001"],"none":[]})");
  Fields fields(body);
  const auto ids = fields.ids<ServiceId>("ids", 2);
  ASSERT_TRUE(ids);
  EXPECT_THAT(*ids, ElementsAre(*ServiceId::parse("0190b1a2-0000-7000-8000-000000000002"),
                                *ServiceId::parse("0190b1a2-0000-7000-8000-000000000001")));
  EXPECT_TRUE(fields.ids<ServiceId>("none", 2)->empty());
  EXPECT_FALSE(fields.error());
}

TEST(Fields, refuses_lists_that_hold_anything_but_ids) {
  const auto body = boost::json::parse(
      R"({"null":null,"text":"x","object":{},"numbers":[1],"words":["x"],"nested":[[]],)"
      R"("many":["0190b1a2-0000-7000-8000-000000000001","0190b1a2-0000-7000-8000-000000000002"]})");
  Fields fields(body);
  for (const auto* name :
       {"absent", "null", "text", "object", "numbers", "words", "nested", "many"})
    EXPECT_FALSE(fields.ids<ServiceId>(name, 1)) << name;
  EXPECT_THAT(problems(fields.error()),
              ElementsAre("absent:required", "null:required", "text:invalid", "object:invalid",
                          "numbers:invalid", "words:invalid", "nested:invalid", "many:too_long"));
}

TEST(Fields, lists_of_objects_name_the_place_of_what_is_wrong) {
  const auto body = boost::json::parse(
      R"({"items":[{"end":"24:00"},{"end":"24:01","x":1},7],"many":[{},{}],"none":[]})");
  Fields fields(body);
  std::vector<std::optional<LocalTime>> ends;
  const auto read = [&ends](Fields& item) { ends.push_back(item.end_time("end")); };
  fields.objects("items", 3, read);
  fields.objects("many", 1, read);
  fields.objects("none", 0, read);
  fields.objects("absent", 1, read);
  EXPECT_THAT(ends, ElementsAre(std::chrono::hours{24}, std::nullopt));
  EXPECT_THAT(problems(fields.error()),
              ElementsAre("items.1.end:invalid", "items.1.x:unknown_field", "items.2:invalid",
                          "many:too_long", "absent:required"));
}

}  // namespace
}  // namespace frontdesk::http

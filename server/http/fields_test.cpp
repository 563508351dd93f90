#include "http/fields.hpp"

#include "core/testing_error.hpp"

#include <string>

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::http {
namespace {

using frontdesk::testing::problems;
using ::testing::ElementsAre;
using ::testing::Field;

boost::json::value json(std::string_view text) {
  return boost::json::parse(text);
}

constexpr std::string_view some_id = "0190b1a2-0000-7000-8000-000000000001";

TEST(Fields, reads_each_type) {
  const auto body = json(R"({"service_id":"0190b1a2-0000-7000-8000-000000000001","name":"Ada",
    "size":3,"flag":true,"date":"2026-03-29","time":"14:30","at":"2026-03-29T12:30:00Z",
    "kind":"walk_in"})");
  Fields fields(body);
  EXPECT_EQ(fields.id<ServiceId>("service_id")->to_string(), some_id);
  EXPECT_EQ(fields.text("name", {.min = 1, .max = 200}), "Ada");
  EXPECT_EQ(fields.integer("size", 1, 100), 3);
  EXPECT_EQ(fields.boolean("flag"), true);
  EXPECT_EQ(fields.date("date"), parse_date("2026-03-29"));
  EXPECT_EQ(fields.time("time"), parse_time("14:30"));
  EXPECT_EQ(fields.instant("at"), parse_instant("2026-03-29T12:30:00Z"));
  EXPECT_EQ(fields.choice("kind", {"online", "walk_in"}), "walk_in");
  EXPECT_FALSE(fields.error());
}

TEST(Fields, a_required_one_that_is_absent_or_null_is_required) {
  const auto body = json(R"({"b":null})");
  Fields fields(body);
  EXPECT_FALSE(fields.text("a"));
  EXPECT_FALSE(fields.text("b"));
  EXPECT_THAT(problems(fields.error()), ElementsAre("a:required", "b:required"));
}

TEST(Fields, an_optional_one_may_be_absent_or_null_but_not_bad) {
  const auto body = json(R"({"b":null,"c":7})");
  Fields fields(body);
  EXPECT_FALSE(fields.optional_text("a"));
  EXPECT_FALSE(fields.optional_text("b"));
  EXPECT_FALSE(fields.optional_text("c"));
  EXPECT_THAT(problems(fields.error()), ElementsAre("c:invalid"));
}

TEST(Fields, given_tells_null_from_absent) {
  const auto body = json(R"({"phone":null})");
  Fields fields(body);
  EXPECT_TRUE(fields.given("phone"));
  EXPECT_FALSE(fields.given("name"));
}

TEST(Fields, R17_refuses_what_nobody_asked_for) {
  const auto body = json(R"({"name":"Ada","role":"admin","price":1})");
  Fields fields(body);
  EXPECT_TRUE(fields.text("name"));
  EXPECT_TRUE(fields.good());
  const auto error = fields.error();
  EXPECT_THAT(problems(error), ElementsAre("role:unknown_field", "price:unknown_field"));
  EXPECT_EQ(error->kind, ErrorKind::invalid);
  EXPECT_EQ(error->code, "validation_failed");
}

TEST(Fields, reports_all_bad_fields_together) {
  const auto body = json(R"({"id":"x","size":0,"date":"2026-02-30","time":"24:00","at":"now"})");
  Fields fields(body);
  fields.id<UserId>("id");
  fields.integer("size", 1, 100);
  fields.date("date");
  fields.time("time");
  fields.instant("at");
  fields.reject("ends_at", "required", "Say when it ends.");
  EXPECT_THAT(problems(fields.error()),
              ElementsAre("id:invalid", "size:out_of_range", "date:invalid", "time:invalid",
                          "at:invalid", "ends_at:required"));
}

TEST(Fields, the_only_error_is_also_the_summary) {
  const auto body = json("{}");
  Fields fields(body);
  fields.text("name");
  EXPECT_EQ(fields.error()->message, "name is required.");
}

TEST(Fields, a_body_that_is_no_object_is_refused_as_a_whole) {
  for (const auto* text : {"[]", "1", "\"x\"", "true"}) {
    const auto body = json(text);
    Fields fields(body);
    EXPECT_FALSE(fields.text("name"));
    const auto error = fields.error();
    ASSERT_TRUE(error) << text;
    EXPECT_EQ(error->kind, ErrorKind::invalid);
    EXPECT_TRUE(error->fields.empty());
  }
}

TEST(Fields, an_absent_body_reads_as_an_empty_object) {
  const boost::json::value none;
  Fields optional(none);
  EXPECT_FALSE(optional.optional_text("refresh_token"));
  EXPECT_FALSE(optional.error());
  Fields required(none);
  required.text("email");
  EXPECT_THAT(problems(required.error()), ElementsAre("email:required"));
}

TEST(Fields, counts_characters_not_bytes) {
  const auto body = json(R"({"four":"äöü€","long":"äöü€x"})");
  Fields fields(body);
  EXPECT_TRUE(fields.text("four", {.min = 4, .max = 4}));
  EXPECT_FALSE(fields.text("long", {.max = 4}));
  EXPECT_THAT(problems(fields.error()), ElementsAre("long:too_long"));
}

TEST(Fields, a_text_may_be_too_short) {
  const auto body = json(R"({"name":""})");
  Fields fields(body);
  EXPECT_FALSE(fields.text("name", {.min = 1}));
  EXPECT_THAT(problems(fields.error()), ElementsAre("name:too_short"));
}

TEST(Fields, one_line_refuses_controls_and_blanks) {
  for (const auto* text : {R"({"name":"a\nb"})", R"({"name":"a\u0001"})", R"({"name":"\u007f"})",
                           R"({"name":"   "})", R"({"name":"a\r"})"}) {
    const auto body = json(text);
    Fields fields(body);
    EXPECT_FALSE(fields.text("name", {.one_line = true}));
    EXPECT_THAT(problems(fields.error()), ElementsAre("name:invalid")) << text;
  }
  const auto body = json(R"({"name":" Zoë M. ","notes":"a\nb"})");
  Fields fields(body);
  EXPECT_TRUE(fields.text("name", {.one_line = true}));
  EXPECT_TRUE(fields.text("notes"));
}

TEST(Fields, R30_integers_are_whole_and_in_range) {
  const auto integer = [](std::string_view text) {
    const auto body = json(text);
    Fields fields(body);
    const auto value = fields.integer("n", -5, 5);
    const auto found = problems(fields.error());
    return value ? std::to_string(*value) : found.at(0);
  };
  EXPECT_EQ(integer(R"({"n":-5})"), "-5");
  EXPECT_EQ(integer(R"({"n":5})"), "5");
  EXPECT_EQ(integer(R"({"n":2.0})"), "2");
  EXPECT_EQ(integer(R"({"n":2e0})"), "2");
  EXPECT_EQ(integer(R"({"n":-0})"), "0");
  EXPECT_EQ(integer(R"({"n":6})"), "n:out_of_range");
  EXPECT_EQ(integer(R"({"n":9223372036854775808})"), "n:out_of_range");
  EXPECT_EQ(integer(R"({"n":-9223372036854775809})"), "n:out_of_range");
  EXPECT_EQ(integer(R"({"n":1e300})"), "n:out_of_range");
  EXPECT_EQ(integer(R"({"n":1.5})"), "n:invalid");
  EXPECT_EQ(integer(R"({"n":"1"})"), "n:invalid");
  EXPECT_EQ(integer(R"({"n":true})"), "n:invalid");
  EXPECT_EQ(integer(R"({"n":[1]})"), "n:invalid");
}

TEST(Fields, an_integer_may_have_another_type) {
  const auto body = json(R"({"a":2147483647,"b":2147483648})");
  Fields fields(body);
  const std::optional<std::int32_t> a = fields.integer<std::int32_t>("a");
  EXPECT_EQ(a, 2147483647);
  EXPECT_FALSE(fields.integer<std::int32_t>("b"));
}

TEST(Fields, booleans_are_not_texts_or_numbers) {
  const auto body = json(R"({"a":"true","b":1})");
  Fields fields(body);
  fields.boolean("a");
  fields.boolean("b");
  EXPECT_THAT(problems(fields.error()), ElementsAre("a:invalid", "b:invalid"));
}

TEST(Fields, a_choice_is_exact) {
  const auto body = json(R"({"kind":"Online"})");
  Fields fields(body);
  EXPECT_FALSE(fields.choice("kind", {"online", "walk_in"}));
  const auto error = fields.error();
  EXPECT_THAT(problems(error), ElementsAre("kind:invalid"));
  EXPECT_EQ(error->message, "kind must be one of online, walk_in.");
}

TEST(Fields, a_nested_object_names_its_fields_with_dots) {
  const auto body = json(R"({"customer":{"phone":5,"vip":true}})");
  Fields fields(body);
  EXPECT_TRUE(fields.optional_object("customer", [](Fields& customer) {
    customer.text("name");
    customer.optional_text("phone");
  }));
  EXPECT_THAT(problems(fields.error()),
              ElementsAre("customer.name:required", "customer.phone:invalid",
                          "customer.vip:unknown_field"));
}

TEST(Fields, a_nested_object_must_be_one) {
  const auto body = json(R"({"customer":[]})");
  Fields fields(body);
  EXPECT_FALSE(fields.optional_object("customer", [](Fields&) { FAIL(); }));
  EXPECT_FALSE(fields.optional_object("absent", [](Fields&) { FAIL(); }));
  EXPECT_FALSE(fields.object("needed", [](Fields&) { FAIL(); }));
  EXPECT_THAT(problems(fields.error()), ElementsAre("customer:invalid", "needed:required"));
}

TEST(Fields, a_body_of_a_thousand_unknown_fields_gets_a_short_answer) {
  boost::json::object object;
  for (int i = 0; i < 1000; ++i) object[std::to_string(i)] = i;
  object[std::string(99, 'x') + "\xe2\x82\xac"] = 1;
  const boost::json::value body(object);
  Fields fields(body);
  EXPECT_EQ(fields.error()->fields.size(), 50u);
}

TEST(Fields, a_long_unknown_name_is_cut_between_characters) {
  boost::json::object object;
  object[std::string(99, 'x') + "\xe2\x82\xac"] = 1;
  const boost::json::value body(object);
  Fields fields(body);
  EXPECT_EQ(fields.error()->fields.at(0).field, std::string(99, 'x'));
}

TEST(QueryFields, reads_text_into_each_type) {
  const QueryFields::Parameters parameters{{"service_id", std::string(some_id)},
                                           {"limit", "20"},
                                           {"total", "true"},
                                           {"from", "2026-03-01"},
                                           {"q", "Ada"},
                                           {"low", "-3"}};
  QueryFields query(parameters);
  EXPECT_TRUE(query.id<ServiceId>("service_id"));
  EXPECT_EQ(query.optional_integer("limit", 1, 100), 20);
  EXPECT_EQ(query.optional_boolean("total"), true);
  EXPECT_TRUE(query.optional_date("from"));
  EXPECT_EQ(query.optional_text("q"), "Ada");
  EXPECT_EQ(query.optional_integer("low"), -3);
  EXPECT_FALSE(query.error());
}

TEST(QueryFields, refuses_numbers_that_only_look_like_some) {
  for (const auto* text : {"", "1.0", "1e1", "+1", " 1", "1 ", "0x1", "one"}) {
    const QueryFields::Parameters parameters{{"limit", text}};
    QueryFields query(parameters);
    EXPECT_FALSE(query.optional_integer("limit", 1, 100));
    EXPECT_THAT(problems(query.error()), ElementsAre("limit:invalid")) << text;
  }
  for (const auto* text : {"0", "101", "99999999999999999999", "-99999999999999999999"}) {
    const QueryFields::Parameters parameters{{"limit", text}};
    QueryFields query(parameters);
    EXPECT_FALSE(query.optional_integer("limit", 1, 100));
    EXPECT_THAT(problems(query.error()), ElementsAre("limit:out_of_range")) << text;
  }
}

TEST(QueryFields, refuses_repeated_and_unknown_parameters) {
  const QueryFields::Parameters parameters{{"q", "a"}, {"q", "b"}, {"nope", "1"}, {"nope", "2"}};
  QueryFields query(parameters);
  EXPECT_EQ(query.optional_text("q"), "a");
  EXPECT_THAT(problems(query.error()),
              ElementsAre("q:repeated", "nope:unknown_field", "nope:unknown_field"));
}

TEST(QueryFields, booleans_are_the_two_words) {
  for (const auto* text : {"1", "True", "yes", ""}) {
    const QueryFields::Parameters parameters{{"total", text}};
    QueryFields query(parameters);
    EXPECT_FALSE(query.optional_boolean("total"));
    EXPECT_THAT(problems(query.error()), ElementsAre("total:invalid")) << text;
  }
}

}  // namespace
}  // namespace frontdesk::http

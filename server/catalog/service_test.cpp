#include "catalog/order.hpp"
#include "catalog/service_wire.hpp"
#include "core/testing_error.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::catalog {
namespace {

using frontdesk::testing::problems;
using ::testing::ElementsAre;

std::vector<std::string> problems_of_new(const char* body) {
  return problems(wire::read_new_service(boost::json::parse(body)));
}
std::vector<std::string> problems_of_change(const char* body) {
  return problems(wire::read_service_change(boost::json::parse(body)));
}

TEST(ServiceWire, a_new_service_needs_four_things) {
  EXPECT_THAT(problems_of_new("{}"), ElementsAre("category_id:required", "name:required",
                                                 "price:required", "duration:required"));
  const auto service = wire::read_new_service(boost::json::parse(
      R"({"category_id":"00000000-0000-7000-8000-0000000000c1","name":"Cut","price":{"amount":4500},
          "duration":30,"min_notice":null})"));
  ASSERT_TRUE(service);
  EXPECT_EQ(service->price.amount_minor, 4500);
  EXPECT_FALSE(service->price.currency);
  EXPECT_EQ(service->capacity, 1);
  EXPECT_FALSE(service->min_notice_minutes);
}

TEST(ServiceWire, a_price_is_money) {
  EXPECT_THAT(problems_of_change(R"({"price":4500})"), ElementsAre("price:invalid"));
  EXPECT_THAT(problems_of_change(R"({"price":null})"), ElementsAre("price:required"));
  EXPECT_THAT(problems_of_change(R"({"price":{}})"), ElementsAre("price.amount:required"));
  EXPECT_THAT(
      problems_of_change(R"({"price":{"amount":45.5,"currency":"EURO","tax":1}})"),
      ElementsAre("price.amount:invalid", "price.currency:too_long", "price.tax:unknown_field"));
  EXPECT_THAT(problems_of_change(R"({"price":{"amount":-1}})"),
              ElementsAre("price.amount:out_of_range"));
  EXPECT_THAT(problems_of_change(R"({"price":{"amount":1000000001}})"),
              ElementsAre("price.amount:out_of_range"));
}

TEST(ServiceWire, numbers_are_within_the_bounds_of_the_table) {
  EXPECT_THAT(
      problems_of_change(R"({"duration":4,"buffer_before":481,"buffer_after":-1,
                                     "capacity":0,"min_notice":525601})"),
      ElementsAre("duration:out_of_range", "buffer_before:out_of_range",
                  "buffer_after:out_of_range", "capacity:out_of_range", "min_notice:out_of_range"));
}

TEST(ServiceWire, only_the_notice_may_be_taken_away) {
  EXPECT_THAT(
      problems_of_change(R"({"name":null,"category_id":null,"duration":null,"active":null,
                                     "min_notice":null})"),
      ElementsAre("category_id:required", "name:required", "duration:required", "active:required"));
  const auto change = wire::read_service_change(boost::json::parse(R"({"min_notice":null})"));
  ASSERT_TRUE(change && change->min_notice_minutes);
  EXPECT_FALSE(*change->min_notice_minutes);
  EXPECT_FALSE(wire::read_service_change(boost::json::parse("{}"))->min_notice_minutes);
}

TEST(ServiceWire, R17_nothing_else_is_taken) {
  EXPECT_THAT(problems_of_change(R"({"id":1,"position":1,"version":1,"staff_ids":[]})"),
              ElementsAre("id:unknown_field", "position:unknown_field", "version:unknown_field",
                          "staff_ids:unknown_field"));
  EXPECT_THAT(problems_of_new(R"({"category_id":"00000000-0000-7000-8000-0000000000c1","name":"Cut",
                                  "price":{"amount":1},"duration":30,"active":false})"),
              ElementsAre("active:unknown_field"));
}

TEST(Order, names_each_once) {
  const auto a = ServiceId::generate();
  const auto b = ServiceId::generate();
  const auto c = ServiceId::generate();
  const auto code = [](const std::optional<Error>& error) {
    return error ? error->fields[0].code : "ok";
  };
  EXPECT_EQ(code(check_order<ServiceId>({b, a}, {a, b}, {a, b})), "ok");
  EXPECT_EQ(code(check_order<ServiceId>({}, {}, {})), "ok");
  EXPECT_EQ(code(check_order<ServiceId>({b, a, b}, {a, b}, {a, b})), "repeated");
  EXPECT_EQ(code(check_order<ServiceId>({b, c}, {a, b}, {a, b})), "not_found");
  EXPECT_EQ(code(check_order<ServiceId>({b}, {a, b}, {a, b})), "incomplete");
  EXPECT_EQ(code(check_order<ServiceId>({b, c}, {a, b, c}, {b})), "ok");
}

}  // namespace
}  // namespace frontdesk::catalog

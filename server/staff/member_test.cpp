#include "core/testing_error.hpp"
#include "staff/member_wire.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace frontdesk::staff {
namespace {

using frontdesk::testing::problems;
using ::testing::ElementsAre;

boost::json::value json(const char* text) {
  return boost::json::parse(text);
}

constexpr const char* id = "00000000-0000-7000-8000-0000000000d1";

TEST(NewMemberWire, a_name_is_enough) {
  const auto member = wire::read_new_member(json(R"({"name":"Mara"})"));
  ASSERT_TRUE(member);
  EXPECT_EQ(member->name, "Mara");
  EXPECT_EQ(member->title, "");
  EXPECT_FALSE(member->user);
  EXPECT_TRUE(member->services.empty());
}

TEST(NewMemberWire, R17_position_version_and_hours_are_not_for_the_client) {
  EXPECT_THAT(
      problems(
          wire::read_new_member(json(R"({"name":"M","position":1,"version":2,"active":true})"))),
      ElementsAre("position:unknown_field", "version:unknown_field", "active:unknown_field"));
}

TEST(NewMemberWire, every_bad_field_is_named) {
  EXPECT_THAT(problems(wire::read_new_member(
                  json(R"({"title":"a\nb","bio":1,"user_id":"x","service_ids":{}})"))),
              ElementsAre("name:required", "title:invalid", "bio:invalid", "user_id:invalid",
                          "service_ids:invalid"));
}

TEST(MemberChangeWire, null_takes_the_login_away_and_nothing_else) {
  const auto change = wire::read_member_change(json(R"({"user_id":null})"));
  ASSERT_TRUE(change);
  ASSERT_TRUE(change->user.has_value());
  EXPECT_FALSE(change->user->has_value());
  EXPECT_FALSE(wire::read_member_change(json("{}"))->user.has_value());
  EXPECT_THAT(problems(wire::read_member_change(
                  json(R"({"name":null,"title":null,"bio":null,"active":null})"))),
              ElementsAre("name:required", "title:required", "bio:required", "active:required"));
}

TEST(ServicesWire, each_service_is_named_once) {
  const boost::json::object twice{{"service_ids", {id, id}}};
  EXPECT_THAT(problems(wire::read_services(twice)), ElementsAre("service_ids:repeated"));
  const boost::json::object many{
      {"service_ids", boost::json::array(Staff::max_services_of_one + 1, boost::json::value(id))}};
  EXPECT_THAT(problems(wire::read_services(many)), ElementsAre("service_ids:too_long"));
  EXPECT_TRUE(wire::read_services(json(R"({"service_ids":[]})")));
}

TEST(MemberChange, names_what_is_different_now) {
  Member member{.id = StaffId::generate(),
                .user = UserId::generate(),
                .name = "Mara",
                .title = "",
                .bio = "",
                .active = true,
                .position = 1,
                .services = {},
                .version = 1};
  EXPECT_THAT(apply({.name = "Mara", .title = "", .active = true}, member), ElementsAre());
  EXPECT_THAT(apply({.name = "Mia", .user = std::optional<UserId>(), .active = false}, member),
              ElementsAre("name", "user_id", "active"));
  EXPECT_FALSE(member.active || member.user);
}

}  // namespace
}  // namespace frontdesk::staff

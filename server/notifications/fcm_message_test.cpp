#include "notifications/fcm_message.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace frontdesk::notifications {
namespace {

const std::chrono::system_clock::time_point now{std::chrono::seconds{1'772'445'600}};
const PushNotice moved{
    .id = *Uuid::parse("0192f0c4-7a10-7cc3-98c4-dc0c0c073990"),
    .title = "Moved",
    .body = "Cut, 3 March 14:30",
    .event = "appointment.rescheduled",
    .appointment = AppointmentId::parse("0192f0c6-2d10-7a55-b0de-3f3d8a7a1c11").value()};

boost::json::object message(const PushNotice& notice, FcmTarget::Kind kind) {
  return boost::json::parse(fcm_json(notice, {kind, "a-name"}, now)).at("message").as_object();
}

TEST(FcmMessage, names_one_target) {
  const auto token = message(moved, FcmTarget::Kind::token);
  EXPECT_EQ(token.at("token").as_string(), "a-name");
  EXPECT_FALSE(token.contains("fid"));
  const auto installation = message(moved, FcmTarget::Kind::installation);
  EXPECT_EQ(installation.at("fid").as_string(), "a-name");
  EXPECT_FALSE(installation.contains("token"));
}

TEST(FcmMessage, says_what_has_happened_and_about_what) {
  const auto sent = message(moved, FcmTarget::Kind::token);
  EXPECT_EQ(sent.at("notification"),
            boost::json::parse(R"({"title": "Moved", "body": "Cut, 3 March 14:30"})"));
  EXPECT_EQ(sent.at("data"), boost::json::parse(R"({"event": "appointment.rescheduled",
                                   "appointment_id": "0192f0c6-2d10-7a55-b0de-3f3d8a7a1c11"})"));
}

TEST(FcmMessage, news_of_an_appointment_take_each_others_place_and_end_after_a_day) {
  const auto sent = message(moved, FcmTarget::Kind::token);
  EXPECT_EQ(sent.at("android"),
            boost::json::parse(R"({"priority": "HIGH", "ttl": "86400s", "notification":
                                   {"tag": "0192f0c6-2d10-7a55-b0de-3f3d8a7a1c11"}})"));
  EXPECT_EQ(sent.at("apns").at("headers"),
            boost::json::parse(
                R"({"apns-priority": "10", "apns-expiration": "1772532000",
                    "apns-collapse-id": "0192f0c6-2d10-7a55-b0de-3f3d8a7a1c11"})"));
}

TEST(FcmMessage, what_is_about_no_appointment_wakes_nobody) {
  auto notice = moved;
  notice.appointment.reset();
  const auto sent = message(notice, FcmTarget::Kind::token);
  EXPECT_EQ(sent.at("data"), boost::json::parse(R"({"event": "appointment.rescheduled"})"));
  EXPECT_EQ(sent.at("android").at("priority").as_string(), "NORMAL");
  EXPECT_EQ(sent.at("apns").at("headers").at("apns-collapse-id").as_string(),
            notice.id.to_string());
}

}  // namespace
}  // namespace frontdesk::notifications

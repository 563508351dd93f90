#include "notifications/push_notice.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace frontdesk::notifications {
namespace {

const auto appointment = AppointmentId::parse("0192f0c6-2d10-7a55-b0de-3f3d8a7a1c11").value();
const auto id = Uuid::parse("0192f0c4-7a10-7cc3-98c4-dc0c0c073990").value();

TEST(PushNotice, the_longest_that_it_can_be_fits_into_a_push) {
  std::string emoji;
  for (int i = 0; i < 2000; ++i) emoji += "\U0001f600";
  for (const auto& text : {emoji, std::string(3000, '"'), std::string(3000, '\\'),
                           std::string(3000, '\x01'), std::string(3000, '\n')}) {
    const auto notice = presentable({.id = id,
                                     .title = text,
                                     .body = text,
                                     .event = "appointment.rescheduled",
                                     .appointment = appointment});
    EXPECT_LE(web_push_json(notice).size(), 3993U);
  }
}

TEST(PushNotice, a_service_worker_gets_it_as_the_document_says) {
  const auto json = boost::json::parse(web_push_json({.id = id,
                                                      .title = "Moved",
                                                      .body = "Cut, 3 March 14:30",
                                                      .event = "appointment.rescheduled",
                                                      .appointment = appointment}));
  EXPECT_EQ(json, boost::json::parse(R"({"title": "Moved", "body": "Cut, 3 March 14:30",
                                         "tag": "0192f0c6-2d10-7a55-b0de-3f3d8a7a1c11",
                                         "event": "appointment.rescheduled",
                                         "appointment_id": "0192f0c6-2d10-7a55-b0de-3f3d8a7a1c11"})"));
}

TEST(PushNotice, without_an_appointment_it_stands_for_itself) {
  const PushNotice notice{.id = id, .title = "Hello", .body = "", .event = "account.welcome"};
  EXPECT_EQ(tag_of(notice), id.to_string());
  EXPECT_FALSE(is_urgent(notice));
  EXPECT_TRUE(boost::json::parse(web_push_json(notice)).at("appointment_id").is_null());
}

}  // namespace
}  // namespace frontdesk::notifications

#include "notifications/device.hpp"

#include <gtest/gtest.h>

namespace frontdesk::notifications {
namespace {

TEST(Device, tokens_and_installations_have_their_form) {
  EXPECT_TRUE(is_fcm_token("dQw4w9WgXcQ:APA91bF-_x.y%3D"));
  EXPECT_TRUE(is_fcm_token(std::string(4096, 'a')));
  EXPECT_FALSE(is_fcm_token(std::string(4097, 'a')));
  EXPECT_FALSE(is_fcm_token("short"));
  EXPECT_FALSE(is_fcm_token("dQw4w9WgXcQ:APA91bF/x/y/z"));
  EXPECT_FALSE(is_fcm_token("dQw4w9WgXcQ:APA91bF\r\nX-Header: 1"));
  EXPECT_TRUE(is_fcm_installation("cWGPZLXQSUmeaX0Q_c-1aA"));
  EXPECT_FALSE(is_fcm_installation("cWGPZLXQSUmeaX0Q_c-1a"));
  EXPECT_FALSE(is_fcm_installation("cWGPZLXQSUmeaX0Q_c-1a="));
}

TEST(Device, a_target_is_read_as_it_was_written) {
  const PushTarget all[] = {FcmTarget{FcmTarget::Kind::token, "a-token"},
                            FcmTarget{FcmTarget::Kind::installation, "an-installation"},
                            WebPushTarget{"https://fcm.googleapis.com/x", {4, 1, 2}, {9, 8, 7}}};
  for (const auto& target : all) EXPECT_EQ(target_from_json(to_json(target)), target);
  for (const auto* text : {"", "{", "[]", "{}", R"({"kind":"fcm_token"})",
                           R"({"kind":"pigeon","value":"x"})", R"({"kind":"fcm_fid","value":1})",
                           R"({"kind":"webpush","endpoint":"x","p256dh":"AA","auth":"AA"})"}) {
    EXPECT_FALSE(target_from_json(text)) << text;
  }
}

TEST(Device, a_subscription_stays_itself_when_its_keys_change) {
  const PushTarget before = WebPushTarget{"https://fcm.googleapis.com/x", {4, 1}, {1}};
  const PushTarget after = WebPushTarget{"https://fcm.googleapis.com/x", {4, 2}, {2}};
  EXPECT_EQ(identity_of(before), identity_of(after));
  EXPECT_NE(identity_of(FcmTarget{FcmTarget::Kind::token, "x"}),
            identity_of(FcmTarget{FcmTarget::Kind::installation, "x"}));
}

TEST(Device, channels_and_kinds_have_their_names) {
  const PushTarget token = FcmTarget{FcmTarget::Kind::token, "x"};
  const PushTarget web = WebPushTarget{};
  EXPECT_EQ(channel_of(token), "fcm");
  EXPECT_EQ(kind_of(token), "fcm_token");
  EXPECT_EQ(kind_of(FcmTarget{FcmTarget::Kind::installation, "x"}), "fcm_fid");
  EXPECT_EQ(channel_of(web), "webpush");
  EXPECT_EQ(kind_of(web), "webpush");
}

}  // namespace
}  // namespace frontdesk::notifications

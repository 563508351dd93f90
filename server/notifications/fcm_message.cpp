#include "notifications/fcm_message.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace frontdesk::notifications {
namespace {

namespace json = boost::json;

json::object android(const PushNotice& notice) {
  return {{"priority", is_urgent(notice) ? "HIGH" : "NORMAL"},
          {"ttl", fmt::format("{}s", std::chrono::seconds(push_lifetime).count())},
          {"notification", json::object{{"tag", tag_of(notice)}}}};
}

// Apple's headers: 10 is at once, 5 when it suits the battery.
json::object apns(const PushNotice& notice, std::chrono::system_clock::time_point now) {
  const auto expires =
      std::chrono::floor<std::chrono::seconds>(now + push_lifetime).time_since_epoch();
  return {
      {"headers", json::object{{"apns-priority", is_urgent(notice) ? "10" : "5"},
                               {"apns-expiration", std::to_string(expires.count())},
                               {"apns-collapse-id", tag_of(notice)}}},
      {"payload",
       json::object{{"aps", json::object{{"sound", "default"}, {"thread-id", tag_of(notice)}}}}}};
}

// What browsers get that are registered with FCM.
json::object webpush(const PushNotice& notice) {
  return {
      {"headers", json::object{{"TTL", std::to_string(std::chrono::seconds(push_lifetime).count())},
                               {"Urgency", is_urgent(notice) ? "high" : "normal"}}},
      {"notification", json::object{{"tag", tag_of(notice)}}}};
}

}  // namespace

std::string fcm_json(const PushNotice& notice, const FcmTarget& target,
                     std::chrono::system_clock::time_point now) {
  json::object data{{"event", notice.event}};
  if (notice.appointment) data["appointment_id"] = notice.appointment->to_string();
  const bool is_token = target.kind == FcmTarget::Kind::token;
  json::object message{
      {is_token ? "token" : "fid", target.value},
      {"notification", json::object{{"title", notice.title}, {"body", notice.body}}},
      {"data", std::move(data)},
      {"android", android(notice)},
      {"apns", apns(notice, now)},
      {"webpush", webpush(notice)}};
  return json::serialize(json::object{{"message", std::move(message)}});
}

}  // namespace frontdesk::notifications

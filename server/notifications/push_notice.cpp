#include "notifications/push_notice.hpp"

#include "notifications/typed_text.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace frontdesk::notifications {
namespace {

constexpr std::size_t longest_title = 120;
constexpr std::size_t longest_body = 500;

}  // namespace

PushNotice presentable(PushNotice notice) {
  notice.title = clean(notice.title, longest_title);
  notice.body = clean(notice.body, longest_body);
  return notice;
}

std::string tag_of(const PushNotice& notice) {
  return notice.appointment ? notice.appointment->to_string() : notice.id.to_string();
}

bool is_urgent(const PushNotice& notice) {
  return notice.appointment.has_value();
}

std::string web_push_json(const PushNotice& notice) {
  boost::json::object object{{"title", notice.title},
                             {"body", notice.body},
                             {"tag", tag_of(notice)},
                             {"event", notice.event},
                             {"appointment_id", nullptr}};
  if (notice.appointment) object["appointment_id"] = notice.appointment->to_string();
  return boost::json::serialize(object);
}

}  // namespace frontdesk::notifications

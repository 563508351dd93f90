#include "notifications/sms_status_routes.hpp"

#include "http/url_decoding.hpp"

namespace frontdesk::notifications {
namespace {

// A query is not part of the address that we named, so it is never looked at.
Task<http::Response> receive(SmsStatuses& statuses, const http::Request& request) {
  const auto form = http::parse_query(request.body());
  if (!form) co_return http::refusal(form.error());
  const auto taken = co_await statuses.receive(
      request.path_uuid("id"), *form, request.header("x-twilio-signature"), request.deadline());
  co_return taken ? http::no_content() : http::refusal(taken.error());
}

}  // namespace

http::RouteTable sms_status_routes(SmsStatuses& statuses) {
  // Not counted: all of them come from a few addresses of Twilio's, three for each SMS.
  return {
      {.method = http::Method::post,
       .pattern = "/callbacks/twilio/{id}",
       .operation = "receiveSmsStatus",
       .access = http::Access::anyone(),
       .ownership = http::Ownership::none,
       .handler = [&statuses](const http::Request& request) { return receive(statuses, request); },
       .budget = http::RateBudget::uncounted,
       .body = http::BodyMedia::form}};
}

}  // namespace frontdesk::notifications

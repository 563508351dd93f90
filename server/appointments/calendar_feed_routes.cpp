#include "appointments/calendar_feed_routes.hpp"

#include <utility>

namespace frontdesk::appointments {
namespace {

http::Response show(const Result<FeedAddresses>& addresses) {
  if (!addresses) return http::refusal(addresses.error());
  return http::ok([&](JsonWriter& json) {
    json.begin_object();
    json.member("url", addresses->own);
    json.member("staff_url", addresses->staff);
    json.end_object();
  });
}

Task<http::Response> addresses(CalendarFeeds& feeds, const http::Request& request) {
  co_return show(co_await feeds.addresses(request.actor(), request.deadline()));
}

Task<http::Response> rotate(CalendarFeeds& feeds, const http::Request& request) {
  co_return show(co_await feeds.rotate(request.actor(), request.deadline()));
}

Task<http::Response> read(CalendarFeeds& feeds, const http::Request& request, Reader reader) {
  auto feed = co_await feeds.read(reader, request.path_uuid("id"), request.path_uuid("token"),
                                  request.deadline());
  if (!feed) co_return http::refusal(feed.error());
  co_return http::Response{.content_type = "text/calendar; charset=utf-8",
                           .body = std::move(*feed),
                           .headers = {{"Cache-Control", "private, no-cache"}}};
}

Task<http::Response> read_customers(CalendarFeeds& feeds, const http::Request& request) {
  return read(feeds, request, Reader::customer);
}

Task<http::Response> read_staffs(CalendarFeeds& feeds, const http::Request& request) {
  return read(feeds, request, Reader::staff);
}

using Handle = Task<http::Response> (*)(CalendarFeeds&, const http::Request&);

http::Route own(CalendarFeeds& feeds, http::Method method, std::string_view pattern,
                std::string_view operation, Handle handle) {
  return {
      .method = method,
      .pattern = pattern,
      .operation = operation,
      .access = http::Access::logged_in(),
      .ownership = http::Ownership::self,
      .handler = [&feeds, handle](const http::Request& request) { return handle(feeds, request); }};
}

// Anyone: the address itself is the key.
http::Route secret(CalendarFeeds& feeds, std::string_view pattern, std::string_view operation,
                   Handle handle) {
  auto route = own(feeds, http::Method::get, pattern, operation, handle);
  route.access = http::Access::anyone();
  route.caching = http::Caching::no_cache;
  return route;
}

}  // namespace

http::RouteTable calendar_feed_routes(CalendarFeeds& feeds) {
  return {
      own(feeds, http::Method::get, "/api/v1/users/me/calendar-feed", "getCalendarFeed",
          &addresses),
      own(feeds, http::Method::post, "/api/v1/users/me/calendar-feed/rotate", "rotateCalendarFeed",
          &rotate),
      secret(feeds, "/api/v1/calendar-feeds/customer/{id}/{token}/calendar.ics",
             "readCustomerCalendarFeed", &read_customers),
      secret(feeds, "/api/v1/calendar-feeds/staff/{id}/{token}/calendar.ics",
             "readStaffCalendarFeed", &read_staffs),
  };
}

}  // namespace frontdesk::appointments

#include "notifications/routes.hpp"

#include "http/page.hpp"
#include "http/permitted_write.hpp"
#include "notifications/wire.hpp"

namespace frontdesk::notifications {
namespace {

using http::Method;

constexpr std::string_view by_sequence = "sequence";

Task<http::Response> list_outbox(Notifications& notifications, const http::Request& request) {
  http::QueryFields query(request.query());
  const auto filter = wire::read_filter(query);
  const auto page = http::read_page<std::int64_t, std::int64_t>(query, by_sequence);
  if (const auto error = query.error()) co_return http::refusal(*error);
  const auto entries = co_await notifications.outbox(filter, page, request.deadline());
  co_return http::list(
      entries, [](JsonWriter& json, const queue::Entry& entry) { wire::write(json, entry); },
      [](const queue::Entry& entry) { return http::encode_cursor(by_sequence, entry.sequence); });
}

Task<http::Response> retry(Notifications& notifications, const http::Request& request) {
  const auto entry =
      co_await notifications.retry(request.actor(), request.path_uuid("id"), request.deadline());
  if (!entry) co_return http::refusal(entry.error());
  co_return http::ok([&](JsonWriter& json) { wire::write(json, *entry); });
}

Task<http::Response> discard(Notifications& notifications, const http::Request& request) {
  const auto done =
      co_await notifications.discard(request.actor(), request.path_uuid("id"), request.deadline());
  co_return done ? http::no_content() : http::refusal(done.error());
}

}  // namespace

http::RouteTable routes(Notifications& notifications) {
  const auto send = Permission::notifications_send;
  return {
      http::permitted_write(notifications, Method::get, "/api/v1/outbox", "listOutbox", send,
                            list_outbox),
      http::permitted_write(notifications, Method::post, "/api/v1/outbox/{id}/retry",
                            "retryOutboxMessage", send, retry),
      http::permitted_write(notifications, Method::delete_, "/api/v1/outbox/{id}",
                            "discardOutboxMessage", send, discard),
  };
}

}  // namespace frontdesk::notifications

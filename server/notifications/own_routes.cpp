#include "notifications/own_routes.hpp"

#include "http/if_match.hpp"
#include "http/page.hpp"
#include "notifications/own_wire.hpp"

namespace frontdesk::notifications {
namespace {

using http::Method;

constexpr std::string_view newest_first = "-created_at";

Standing standing_of(const Actor& actor) {
  return {.staff = actor.staff.has_value(),
          .administrator = actor.may(Permission::settings_manage)};
}

Task<http::Response> get_preferences(OwnNotifications& own, const http::Request& request) {
  const auto found = co_await own.preferences(request.actor(), request.deadline());
  co_return http::ok(
      [&](JsonWriter& json) { wire::write(json, found, standing_of(request.actor())); });
}

Task<http::Response> replace_preferences(OwnNotifications& own, const http::Request& request) {
  const auto version = http::read_if_match(request.header("if-match"));
  if (!version) co_return http::refusal(version.error());
  const auto standing = standing_of(request.actor());
  const auto chosen = wire::read_preferences(request.json(), standing);
  if (!chosen) co_return http::refusal(chosen.error());
  const auto changed =
      co_await own.replace_preferences(request.actor(), *chosen, *version, request.deadline());
  if (!changed) co_return http::refusal(changed.error());
  co_return http::ok([&](JsonWriter& json) { wire::write(json, *changed, standing); });
}

void write_page(JsonWriter& json, const InboxPage& found) {
  const auto& [items, more, total] = found.page;
  json.begin_object();
  json.key("items").begin_array();
  for (const auto& item : items) wire::write(json, item);
  json.end_array();
  json.key("next_cursor");
  if (more) {
    json.value(http::encode_cursor(newest_first, items.back().created_at, items.back().id));
  } else {
    json.null();
  }
  if (total) json.member("total", *total);
  json.member("unread_count", found.unread);
  json.end_object();
}

Task<http::Response> list_notifications(OwnNotifications& own, const http::Request& request) {
  http::QueryFields query(request.query());
  const bool unread_only = query.optional_boolean("unread").value_or(false);
  const auto page = http::read_page<InboxKey, Instant, Uuid>(query, newest_first);
  if (const auto error = query.error()) co_return http::refusal(*error);
  const auto found = co_await own.inbox(request.actor(), unread_only, page, request.deadline());
  co_return http::ok([&](JsonWriter& json) { write_page(json, found); });
}

Task<http::Response> read_notification(OwnNotifications& own, const http::Request& request) {
  const auto item =
      co_await own.mark_read(request.actor(), request.path_uuid("id"), request.deadline());
  if (!item) co_return http::refusal(item.error());
  co_return http::ok([&](JsonWriter& json) { wire::write(json, *item); });
}

Task<http::Response> read_all_notifications(OwnNotifications& own, const http::Request& request) {
  const auto done = co_await own.mark_all_read(request.actor(), request.deadline());
  co_return done ? http::no_content() : http::refusal(done.error());
}

http::Route route(OwnNotifications& own, Method method, std::string_view pattern,
                  std::string_view operation,
                  Task<http::Response> (*handler)(OwnNotifications&, const http::Request&)) {
  return {
      .method = method,
      .pattern = pattern,
      .operation = operation,
      .access = http::Access::logged_in(),
      .ownership = http::Ownership::self,
      .handler = [&own, handler](const http::Request& request) { return handler(own, request); }};
}

}  // namespace

http::RouteTable own_routes(OwnNotifications& notifications) {
  constexpr std::string_view preferences = "/api/v1/users/me/notification-preferences";
  return {
      route(notifications, Method::get, preferences, "getNotificationPreferences", get_preferences),
      route(notifications, Method::put, preferences, "replaceNotificationPreferences",
            replace_preferences),
      route(notifications, Method::get, "/api/v1/notifications", "listNotifications",
            list_notifications),
      route(notifications, Method::post, "/api/v1/notifications/{id}/read", "readNotification",
            read_notification),
      route(notifications, Method::post, "/api/v1/notifications/read-all", "readAllNotifications",
            read_all_notifications),
  };
}

}  // namespace frontdesk::notifications

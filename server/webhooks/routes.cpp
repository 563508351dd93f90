#include "webhooks/routes.hpp"

#include "http/if_match.hpp"
#include "http/page.hpp"
#include "http/permitted_write.hpp"
#include "webhooks/wire.hpp"

namespace frontdesk::webhooks {
namespace {

using http::Method;

constexpr std::string_view all = "/api/v1/webhooks";
constexpr std::string_view one = "/api/v1/webhooks/{id}";
constexpr std::string_view by_id = "id";
constexpr std::string_view by_newest = "-id";

template <class T>
http::Response answer_with(const Result<T>& result) {
  if (!result) return http::refusal(result.error());
  return http::ok([&](JsonWriter& json) { wire::write(json, *result); });
}

http::Response accept(const Result<Uuid>& message) {
  if (!message) return http::refusal(message.error());
  return http::accepted([&](JsonWriter& json) {
    json.begin_object();
    json.member("message_id", *message);
    json.end_object();
  });
}

Task<http::Response> list(Webhooks& webhooks, const http::Request& request) {
  http::QueryFields query(request.query());
  const auto page = http::read_page<EndpointId, EndpointId>(query, by_id);
  if (const auto error = query.error()) co_return http::refusal(*error);
  const auto endpoints = co_await webhooks.endpoints(page, request.deadline());
  co_return http::list(
      endpoints, [](JsonWriter& json, const Endpoint& endpoint) { wire::write(json, endpoint); },
      [](const Endpoint& endpoint) { return http::encode_cursor(by_id, endpoint.id); });
}

Task<http::Response> create(Webhooks& webhooks, const http::Request& request) {
  const auto wanted = wire::read_new(request.json(), webhooks.reach());
  if (!wanted) co_return http::refusal(wanted.error());
  const auto issued = co_await webhooks.add(request.actor(), *wanted, request.deadline());
  if (!issued) co_return http::refusal(issued.error());
  co_return http::created([&](JsonWriter& json) { wire::write(json, *issued); });
}

Task<http::Response> get(Webhooks& webhooks, const http::Request& request) {
  co_return answer_with(
      co_await webhooks.endpoint(request.path_id<EndpointId>(), request.deadline()));
}

Task<http::Response> update(Webhooks& webhooks, const http::Request& request) {
  const auto version = http::read_if_match(request.header("if-match"));
  if (!version) co_return http::refusal(version.error());
  const auto change = wire::read_change(request.json(), webhooks.reach());
  if (!change) co_return http::refusal(change.error());
  co_return answer_with(co_await webhooks.update(request.actor(), request.path_id<EndpointId>(),
                                                 *change, *version, request.deadline()));
}

Task<http::Response> remove(Webhooks& webhooks, const http::Request& request) {
  const auto version = http::read_if_match(request.header("if-match"));
  if (!version) co_return http::refusal(version.error());
  const auto removed = co_await webhooks.remove(request.actor(), request.path_id<EndpointId>(),
                                                *version, request.deadline());
  co_return removed ? http::no_content() : http::refusal(removed.error());
}

Task<http::Response> rotate_secret(Webhooks& webhooks, const http::Request& request) {
  co_return answer_with(co_await webhooks.rotate_secret(
      request.actor(), request.path_id<EndpointId>(), request.deadline()));
}

Task<http::Response> ping(Webhooks& webhooks, const http::Request& request) {
  co_return accept(
      co_await webhooks.ping(request.actor(), request.path_id<EndpointId>(), request.deadline()));
}

Task<http::Response> list_deliveries(Webhooks& webhooks, const http::Request& request) {
  http::QueryFields query(request.query());
  const auto delivered = wire::read_status(query);
  const auto page = http::read_page<DeliveryId, DeliveryId>(query, by_newest);
  if (const auto error = query.error()) co_return http::refusal(*error);
  const auto found = co_await webhooks.deliveries(request.path_id<EndpointId>(), delivered, page,
                                                  request.deadline());
  if (!found) co_return http::refusal(found.error());
  co_return http::list(
      *found, [](JsonWriter& json, const Delivery& delivery) { wire::write(json, delivery); },
      [](const Delivery& delivery) { return http::encode_cursor(by_newest, delivery.id); });
}

Task<http::Response> redeliver(Webhooks& webhooks, const http::Request& request) {
  co_return accept(co_await webhooks.redeliver(request.actor(), request.path_id<EndpointId>(),
                                               request.path_id<DeliveryId>("delivery_id"),
                                               request.deadline()));
}

}  // namespace

http::RouteTable routes(Webhooks& webhooks) {
  const auto route = [&](Method method, std::string_view pattern, std::string_view operation,
                         Task<http::Response> (*handler)(Webhooks&, const http::Request&)) {
    return http::permitted_write(webhooks, method, pattern, operation, Permission::settings_manage,
                                 handler);
  };
  return {
      route(Method::get, all, "listWebhooks", list),
      route(Method::post, all, "createWebhook", create),
      route(Method::get, one, "getWebhook", get),
      route(Method::patch, one, "updateWebhook", update),
      route(Method::delete_, one, "deleteWebhook", remove),
      route(Method::post, "/api/v1/webhooks/{id}/rotate-secret", "rotateWebhookSecret",
            rotate_secret),
      route(Method::post, "/api/v1/webhooks/{id}/ping", "pingWebhook", ping),
      route(Method::get, "/api/v1/webhooks/{id}/deliveries", "listWebhookDeliveries",
            list_deliveries),
      route(Method::post, "/api/v1/webhooks/{id}/deliveries/{delivery_id}/redeliver",
            "redeliverWebhook", redeliver),
  };
}

}  // namespace frontdesk::webhooks

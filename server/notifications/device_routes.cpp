#include "notifications/device_routes.hpp"

#include "http/public_read.hpp"
#include "notifications/device_wire.hpp"

namespace frontdesk::notifications {
namespace {

constexpr std::string_view path = "/api/v1/devices/{device_id}";

Task<http::Response> register_device(Devices& devices, const http::Request& request) {
  const auto device = wire::read_device(request.path_uuid("device_id"), request.json());
  if (!device) co_return http::refusal(device.error());
  const auto registered =
      co_await devices.register_device(request.actor(), *device, request.deadline());
  if (!registered) co_return http::refusal(registered.error());
  co_return http::ok([&](JsonWriter& json) { wire::write(json, *registered); });
}

Task<http::Response> remove_device(Devices& devices, const http::Request& request) {
  const auto removed = co_await devices.remove_device(
      request.actor(), request.path_uuid("device_id"), request.deadline());
  co_return removed ? http::no_content() : http::refusal(removed.error());
}

Task<http::Response> get_push_config(Devices& devices, const http::Request&) {
  co_return http::ok([&](JsonWriter& json) {
    json.begin_object();
    json.member("vapid_public_key", devices.vapid_public_key());
    json.end_object();
  });
}

http::Route own(Devices& devices, http::Method method, std::string_view operation,
                Task<http::Response> (*handle)(Devices&, const http::Request&)) {
  return {.method = method,
          .pattern = path,
          .operation = operation,
          .access = http::Access::logged_in(),
          .ownership = http::Ownership::self,
          .handler = [&devices, handle](const http::Request& request) {
            return handle(devices, request);
          }};
}

}  // namespace

http::RouteTable device_routes(Devices& devices) {
  return {
      own(devices, http::Method::put, "registerDevice", register_device),
      own(devices, http::Method::delete_, "removeDevice", remove_device),
      http::public_read(devices, "/api/v1/push-config", "getPushConfig", get_push_config),
  };
}

}  // namespace frontdesk::notifications

#include "notifications/device_wire.hpp"

#include "core/base64url.hpp"
#include "http/fields.hpp"

#include <algorithm>

namespace frontdesk::notifications::wire {
namespace {

constexpr std::size_t longest_value = 4096;
constexpr std::size_t longest_key = 200;

std::optional<Platform> read_platform(http::Fields& fields) {
  const auto slug = fields.choice("platform", {"ios", "android", "web"});
  if (!slug) return std::nullopt;
  if (*slug == "ios") return Platform::ios;
  return *slug == "android" ? Platform::android : Platform::web;
}

std::optional<PushTarget> read_fcm(http::Fields& fields, FcmTarget::Kind kind) {
  auto value = fields.text("value", {.min = 1, .max = longest_value});
  if (!value) return std::nullopt;
  const bool is_token = kind == FcmTarget::Kind::token;
  if (is_token ? !is_fcm_token(*value) : !is_fcm_installation(*value)) {
    fields.reject("value", "invalid",
                  is_token ? "value must be a registration token of FCM."
                           : "value must be a Firebase installation id.");
    return std::nullopt;
  }
  return FcmTarget{kind, std::move(*value)};
}

std::optional<std::vector<std::uint8_t>> read_bytes(http::Fields& fields, std::string_view name) {
  const auto text = fields.text(name, {.min = 1, .max = longest_key});
  if (!text) return std::nullopt;
  auto bytes = base64url_decode(*text);
  if (!bytes)
    fields.reject(name, "invalid", std::string(name) + " must be base64url without padding.");
  return bytes;
}

std::optional<PushTarget> read_subscription(http::Fields& fields) {
  auto endpoint =
      fields.text("endpoint", {.min = 1, .max = PushHosts::max_endpoint_bytes, .one_line = true});
  const auto p256dh = read_bytes(fields, "p256dh");
  const auto auth = read_bytes(fields, "auth");
  WebPushTarget target{};
  if (p256dh && !is_p256_point(*p256dh)) {
    fields.reject("p256dh", "invalid", "p256dh must be an uncompressed point of P-256.");
  } else if (p256dh) {
    std::ranges::copy(*p256dh, target.p256dh.begin());
  }
  if (auth && auth->size() != target.auth.size()) {
    fields.reject("auth", "invalid", "auth must be 16 bytes.");
  } else if (auth) {
    std::ranges::copy(*auth, target.auth.begin());
  }
  if (!endpoint || !p256dh || !auth) return std::nullopt;
  target.endpoint = std::move(*endpoint);
  return target;
}

std::optional<PushTarget> read_target(http::Fields& fields) {
  const auto kind = fields.choice("kind", {"fcm_token", "fcm_fid", "webpush"});
  if (!kind) return std::nullopt;
  if (*kind == "webpush") return read_subscription(fields);
  return read_fcm(fields,
                  *kind == "fcm_token" ? FcmTarget::Kind::token : FcmTarget::Kind::installation);
}

}  // namespace

Result<Device> read_device(const Uuid& id, const boost::json::value& body) {
  http::Fields fields(body);
  const auto platform = read_platform(fields);
  std::optional<PushTarget> target;
  fields.object("target", [&](http::Fields& nested) { target = read_target(nested); });
  if (platform && target && channel_of(*target) == "webpush" && *platform != Platform::web) {
    fields.reject("platform", "invalid", "Web Push reaches browsers: platform must be web.");
  }
  if (auto error = fields.error()) return refuse(std::move(*error));
  return Device{id, *platform, std::move(*target)};
}

void write(JsonWriter& json, const RegisteredDevice& device) {
  json.begin_object();
  json.member("id", device.id);
  json.member("platform", slug_of(device.platform));
  json.member("kind", device.kind);
  json.member("registered_at", device.registered_at);
  json.end_object();
}

}  // namespace frontdesk::notifications::wire

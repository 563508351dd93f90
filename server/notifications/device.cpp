#include "notifications/device.hpp"

#include "core/base64url.hpp"

#include <algorithm>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace frontdesk::notifications {
namespace {

namespace json = boost::json;

constexpr std::size_t shortest_token = 20;
constexpr std::size_t longest_token = 4096;
constexpr std::size_t installation_size = 22;

bool is_base64url_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

std::optional<std::string> text_of(const json::object& from, std::string_view name) {
  const auto* value = from.if_contains(name);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

template <std::size_t N>
std::optional<std::array<std::uint8_t, N>> bytes_of(const json::object& from,
                                                    std::string_view name) {
  const auto text = text_of(from, name);
  const auto decoded = text ? base64url_decode(*text) : std::nullopt;
  if (!decoded || decoded->size() != N) return std::nullopt;
  std::array<std::uint8_t, N> bytes{};
  std::ranges::copy(*decoded, bytes.begin());
  return bytes;
}

}  // namespace

std::string_view slug_of(Platform platform) {
  switch (platform) {
    case Platform::ios:
      return "ios";
    case Platform::android:
      return "android";
    case Platform::web:
      return "web";
  }
  return {};
}

bool is_fcm_token(std::string_view text) {
  return text.size() >= shortest_token && text.size() <= longest_token &&
         std::ranges::all_of(text, [](char c) {
           return is_base64url_character(c) || c == ':' || c == '.' || c == '%';
         });
}

bool is_fcm_installation(std::string_view text) {
  return text.size() == installation_size && std::ranges::all_of(text, is_base64url_character);
}

std::string_view channel_of(const PushTarget& target) {
  return std::holds_alternative<FcmTarget>(target) ? "fcm" : "webpush";
}

std::string_view kind_of(const PushTarget& target) {
  const auto* const fcm = std::get_if<FcmTarget>(&target);
  if (fcm == nullptr) return "webpush";
  return fcm->kind == FcmTarget::Kind::token ? "fcm_token" : "fcm_fid";
}

std::string identity_of(const PushTarget& target) {
  const auto* const fcm = std::get_if<FcmTarget>(&target);
  return std::string(kind_of(target)) + " " +
         (fcm != nullptr ? fcm->value : std::get<WebPushTarget>(target).endpoint);
}

std::string to_json(const PushTarget& target) {
  json::object object{{"kind", kind_of(target)}};
  if (const auto* const fcm = std::get_if<FcmTarget>(&target)) {
    object["value"] = fcm->value;
  } else {
    const auto& web = std::get<WebPushTarget>(target);
    object["endpoint"] = web.endpoint;
    object["p256dh"] = base64url_encode(web.p256dh);
    object["auth"] = base64url_encode(web.auth);
  }
  return json::serialize(object);
}

std::optional<PushTarget> target_from_json(std::string_view text) {
  boost::system::error_code failure;
  const auto value = json::parse(text, failure);
  if (failure || !value.is_object()) return std::nullopt;
  const auto& object = value.get_object();
  const auto kind = text_of(object, "kind");
  if (kind == "webpush") {
    auto endpoint = text_of(object, "endpoint");
    const auto p256dh = bytes_of<P256Point().size()>(object, "p256dh");
    const auto auth = bytes_of<16>(object, "auth");
    if (!endpoint || !p256dh || !auth) return std::nullopt;
    return WebPushTarget{std::move(*endpoint), *p256dh, *auth};
  }
  auto name = text_of(object, "value");
  if (!name || (kind != "fcm_token" && kind != "fcm_fid")) return std::nullopt;
  return FcmTarget{kind == "fcm_fid" ? FcmTarget::Kind::installation : FcmTarget::Kind::token,
                   std::move(*name)};
}

}  // namespace frontdesk::notifications

#include "media/image.hpp"

#include <fmt/format.h>

namespace frontdesk::media {

std::string_view name_of(ImageKind kind) {
  switch (kind) {
    case ImageKind::avatar:
      return "avatar";
    case ImageKind::service:
      return "service";
    case ImageKind::gallery:
      return "gallery";
  }
  return {};
}

bool is_public(ImageKind kind) {
  return kind != ImageKind::avatar;
}

std::string path_of(const Image& image, const Size& size, std::string_view extension) {
  return fmt::format("/media/{}/{}.{}{}", image.key.to_string(), size.width_px, extension,
                     image.ticket);
}

void write(JsonWriter& json, const Image& image) {
  json.begin_object();
  json.member("url", path_of(image, image.sizes.back(), "jpg"));
  json.member("thumbnail_url", path_of(image, image.sizes.front(), "jpg"));
  json.member("width", image.width_px);
  json.member("height", image.height_px);
  json.member("blurhash", image.blurhash);
  json.member("alt", image.alt);
  json.key("sources").begin_array();
  for (const Size& size : image.sizes) {
    json.begin_object();
    json.member("width", size.width_px);
    json.member("height", size.height_px);
    json.member("webp", path_of(image, size, "webp"));
    json.member("jpeg", path_of(image, size, "jpg"));
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

std::string object_name(bool public_, const Uuid& key, std::string_view file) {
  return fmt::format("{}/{}/{}", public_ ? "public" : "private", key.to_string(), file);
}

}  // namespace frontdesk::media

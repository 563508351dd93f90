#pragma once

#include "core/json_writer.hpp"
#include "core/uuid.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace frontdesk::media {

using ImageId = Id<struct ImageTag>;

/// What an image is for. Only avatars are private: they are served to those who have been given a
/// link (Links), everything else to everybody.
enum class ImageKind { avatar, service, gallery };
std::string_view name_of(ImageKind kind);
bool is_public(ImageKind kind);

/// One of the widths that an image is kept in.
struct Size {
  std::int16_t width_px;
  std::int16_t height_px;
};

/// An image as its readers see it.
struct Image {
  Uuid key;  ///< 128 random bits: whoever does not know it does not find the image
  ImageKind kind = ImageKind::service;
  std::int32_t width_px = 0;  ///< of what was sent, turned upright
  std::int32_t height_px = 0;
  std::string blurhash;
  std::string alt;          ///< what it shows, for those who do not see it; may be empty
  std::vector<Size> sizes;  ///< the narrowest first
  std::string ticket = {};  ///< `?expires=…&signature=…` of a private one (Links); otherwise empty
};

/// Its path on this server: `/media/{key}/{width}.webp` or `.jpg`.
std::string path_of(const Image& image, const Size& size, std::string_view extension);

/// {url, thumbnail_url, width, height, blurhash, alt, sources: [{width, height, webp, jpeg}]}; url
/// is the widest JPEG, thumbnail_url the narrowest.
void write(JsonWriter& json, const Image& image);

/// Where the store keeps one file of an image: `public/{key}/{file}` or `private/…`.
std::string object_name(bool public_, const Uuid& key, std::string_view file);

}  // namespace frontdesk::media

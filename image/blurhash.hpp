#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace frontdesk::image {

/// Pixels of 8-bit sRGB, three bytes each, row after row without gaps.
struct Pixels {
  std::span<const std::uint8_t> rgb;
  int width = 0;
  int height = 0;
};

/// The BlurHash (https://github.com/woltapp/blurhash, Algorithm.md) with 1 to 9 components each
/// way: a text of 4 + 2·x·y characters that a client turns into a blurred preview.
std::string blurhash(const Pixels& pixels, int components_x, int components_y);

}  // namespace frontdesk::image

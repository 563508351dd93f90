#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

/// What an image may be (R70), as the server and frontdesk-image agree on it. Needs nothing but the
/// standard library, because frontdesk-image links nothing of the server.
namespace frontdesk::media {

enum class ImageFormat { jpeg, png, webp };

/// By its first bytes alone: what a client says of it counts for nothing. nullopt for everything
/// else, SVG and GIF among it.
std::optional<ImageFormat> format_of(std::string_view bytes);

inline constexpr std::size_t max_image_bytes = std::size_t{5} * 1024 * 1024;  ///< R30
inline constexpr std::int64_t max_pixels = 40'000'000;                        ///< R70

/// The widths that an image is kept in, in pixels, each at most twice as high as it is wide. One
/// that is smaller is not enlarged.
inline constexpr std::array widths_px{320, 640, 1280};

/// How frontdesk-image ends where it has no result.
inline constexpr int exit_unreadable = 2;
inline constexpr int exit_too_many_pixels = 3;

}  // namespace frontdesk::media

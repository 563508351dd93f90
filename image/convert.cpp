#include "convert.hpp"

#include "blurhash.hpp"
#include "media/image_format.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

// clang-format off: the second needs the first
#include <vips/vips.h>
#include <vips/vector.h>
// clang-format on

namespace frontdesk::image {
namespace {

constexpr int webp_quality = 80;
constexpr int jpeg_quality = 82;
constexpr int preview_px = 64;  // what a BlurHash is made of
constexpr int components_x = 4;
constexpr int components_y = 3;

struct Unref {
  void operator()(VipsImage* image) const { g_object_unref(image); }
};
using Image = std::unique_ptr<VipsImage, Unref>;

/// libvips' way of giving an image: `made(vips_flatten(in, &out, …), out)`.
Image made(int status, VipsImage* image) {
  return Image(status == 0 ? image : nullptr);
}

void* data_of(std::string_view bytes) {
  return const_cast<char*>(bytes.data());  // libvips only reads it
}

/// Its header; no pixel is decoded yet.
Image open(std::string_view bytes, media::ImageFormat format) {
  VipsImage* image = nullptr;
  const auto load = [&](auto loader) {
    return made(
        loader(data_of(bytes), bytes.size(), &image, "access", VIPS_ACCESS_SEQUENTIAL, nullptr),
        image);
  };
  switch (format) {
    case media::ImageFormat::jpeg:
      return load(&vips_jpegload_buffer);
    case media::ImageFormat::png:
      return load(&vips_pngload_buffer);
    case media::ImageFormat::webp:
      return load(&vips_webpload_buffer);
  }
  return nullptr;
}

Image in_srgb(Image image) {
  VipsImage* out = nullptr;
  if (image && image->Type != VIPS_INTERPRETATION_sRGB) {
    image = made(vips_colourspace(image.get(), &out, VIPS_INTERPRETATION_sRGB, nullptr), out);
  }
  if (image && image->BandFmt != VIPS_FORMAT_UCHAR) {
    image = made(vips_cast_uchar(image.get(), &out, nullptr), out);
  }
  return image;
}

/// Whether its numbers mean something else than sRGB does. Others are left as they are: the way
/// through a profile would change them a little.
bool has_colours_of_its_own(VipsImage* header) {
  return vips_image_get_typeof(header, VIPS_META_ICC_NAME) != 0 ||
         header->Type == VIPS_INTERPRETATION_CMYK;
}

/// EXIF with the place where it was taken, XMP, IPTC, comments, the profile: the options of the
/// savers that should leave them out do not all do so.
void remove_metadata(VipsImage* image) {
  char** const names = vips_image_get_fields(image);
  for (char** name = names; name != nullptr && *name != nullptr; ++name) {
    vips_image_remove(image, *name);  // the image's own size and kind stay
  }
  g_strfreev(names);
}

/// The widest rendition, in memory: all others are made of it, so the original is decoded once.
Image widest(std::string_view bytes, bool through_profile) {
  VipsImage* out = nullptr;
  const int width = media::widths_px.back();
  const char* const profile = through_profile ? "srgb" : nullptr;
  auto image =
      in_srgb(made(vips_thumbnail_buffer(data_of(bytes), bytes.size(), &out, width, "height",
                                         2 * width, "size", VIPS_SIZE_DOWN, "export_profile",
                                         profile, "option_string", "[fail_on=error]", nullptr),
                   out));
  if (image) image.reset(vips_image_copy_memory(image.get()));
  if (image) remove_metadata(image.get());
  return image;
}

Image narrower(VipsImage* image, int width) {
  VipsImage* out = nullptr;
  return in_srgb(made(vips_thumbnail_image(image, &out, width, "height", 2 * width, "size",
                                           VIPS_SIZE_DOWN, nullptr),
                      out));
}

/// JPEG and BlurHash know no transparency: white paper behind it.
Image opaque(VipsImage* image) {
  VipsImage* out = nullptr;
  if (!vips_image_hasalpha(image)) {
    g_object_ref(image);
    return Image(image);
  }
  double white[] = {255, 255, 255};
  const std::unique_ptr<VipsArrayDouble, void (*)(VipsArrayDouble*)> background(
      vips_array_double_new(white, 3),
      [](VipsArrayDouble* array) { vips_area_unref(VIPS_AREA(array)); });
  return made(vips_flatten(image, &out, "background", background.get(), nullptr), out);
}

std::string taken(int status, void* buffer, std::size_t size) {
  std::string bytes;
  if (status == 0) bytes.assign(static_cast<const char*>(buffer), size);
  g_free(buffer);
  return bytes;
}

std::string as_webp(VipsImage* image) {
  void* buffer = nullptr;
  std::size_t size = 0;
  const int status = vips_webpsave_buffer(image, &buffer, &size, "Q", webp_quality, "strip", TRUE,
                                          "smart_subsample", TRUE, nullptr);
  return taken(status, buffer, size);
}

std::string as_jpeg(VipsImage* image) {
  void* buffer = nullptr;
  std::size_t size = 0;
  const int status = vips_jpegsave_buffer(image, &buffer, &size, "Q", jpeg_quality, "strip", TRUE,
                                          "optimize_coding", TRUE, "interlace", TRUE, nullptr);
  return taken(status, buffer, size);
}

std::string preview(VipsImage* image) {
  const auto small = narrower(image, preview_px);
  const auto flat = small ? opaque(small.get()) : nullptr;
  if (!flat || flat->Bands != 3) return {};
  std::size_t size = 0;
  const std::unique_ptr<void, void (*)(void*)> pixels(vips_image_write_to_memory(flat.get(), &size),
                                                      &g_free);
  if (!pixels) return {};
  return blurhash({.rgb = std::span(static_cast<const std::uint8_t*>(pixels.get()), size),
                   .width = flat->Xsize,
                   .height = flat->Ysize},
                  components_x, components_y);
}

std::optional<media::Rendition> rendition(VipsImage* image) {
  const auto flat = opaque(image);
  if (!flat) return std::nullopt;
  media::Rendition made{.width_px = static_cast<std::int16_t>(image->Xsize),
                        .height_px = static_cast<std::int16_t>(image->Ysize),
                        .webp = as_webp(image),
                        .jpeg = as_jpeg(flat.get())};
  if (made.webp.empty() || made.jpeg.empty()) return std::nullopt;
  return made;
}

bool add_renditions(VipsImage* image, media::ImageReply& reply) {
  for (const int width : media::widths_px) {
    const auto sized = narrower(image, width);
    if (!sized) return false;
    // Once it is as wide as the original a wider one would be the same.
    if (!reply.renditions.empty() && reply.renditions.back().width_px >= sized->Xsize) break;
    auto made = rendition(sized.get());
    if (!made) return false;
    reply.renditions.push_back(std::move(*made));
  }
  return true;
}

}  // namespace

bool prepare_libvips() {
  // GLib's own writer asks what kind of socket standard error is; and nobody reads it.
  g_log_set_writer_func(
      [](GLogLevelFlags, const GLogField*, gsize, gpointer) { return G_LOG_WRITER_HANDLED; },
      nullptr, nullptr);
  g_log_set_default_handler([](const char*, GLogLevelFlags, const char*, gpointer) {}, nullptr);
  if (vips_init("frontdesk-image") != 0) return false;
  vips_block_untrusted_set(TRUE);
  // Whatever else this libvips can read is nobody's business here.
  vips_operation_block_set("VipsForeignLoad", TRUE);
  for (const auto* loader : {"VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp"}) {
    vips_operation_block_set(loader, FALSE);
  }
  vips_cache_set_max(0);
  vips_concurrency_set(1);         // as many processes as cores run beside each other
  vips_vector_set_enabled(FALSE);  // it would write code into memory
  return true;
}

std::expected<media::ImageReply, int> convert(std::string_view bytes) {
  const auto unreadable = std::unexpected(media::exit_unreadable);
  const auto format = media::format_of(bytes);
  if (!format) return unreadable;
  media::ImageReply reply;
  bool through_profile = false;
  {
    const auto header = open(bytes, *format);
    if (!header) return unreadable;
    if (std::int64_t{header->Xsize} * header->Ysize > media::max_pixels) {
      return std::unexpected(media::exit_too_many_pixels);
    }
    through_profile = has_colours_of_its_own(header.get());
    const bool lies_on_its_side = vips_image_get_orientation_swap(header.get());
    reply.width_px = lies_on_its_side ? header->Ysize : header->Xsize;
    reply.height_px = lies_on_its_side ? header->Xsize : header->Ysize;
  }
  const auto image = widest(bytes, through_profile);
  if (!image) return unreadable;
  reply.blurhash = preview(image.get());
  if (reply.blurhash.empty() || !add_renditions(image.get(), reply)) return unreadable;
  return reply;
}

}  // namespace frontdesk::image

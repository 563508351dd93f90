#include "media/image_format.hpp"

namespace frontdesk::media {

std::optional<ImageFormat> format_of(std::string_view bytes) {
  using std::string_view_literals::operator""sv;
  if (bytes.starts_with("\xff\xd8\xff"sv)) return ImageFormat::jpeg;
  if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return ImageFormat::png;
  if (bytes.starts_with("RIFF"sv) && bytes.size() > 12 && bytes.substr(8, 4) == "WEBP"sv) {
    return ImageFormat::webp;
  }
  return std::nullopt;
}

}  // namespace frontdesk::media

#include "media/image_reply.hpp"

#include "media/image_format.hpp"

#include <algorithm>

namespace frontdesk::media {
namespace {

constexpr std::string_view magic = "FDIMAGE1";
constexpr std::uint32_t max_picture_bytes = 6 * 1024 * 1024;
constexpr std::string_view base83 =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

void put(std::string& out, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(static_cast<unsigned char>(number >> shift)));
  }
}

void put(std::string& out, std::string_view bytes) {
  put(out, static_cast<std::uint32_t>(bytes.size()));
  out.append(bytes);
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  std::string_view take(std::size_t size) {
    if (size > rest_.size()) good_ = false;
    if (!good_) return {};
    const auto bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return bytes;
  }
  /// A number from `min` to `max`; `min` where there is none.
  std::uint32_t number(std::uint32_t min, std::uint32_t max) {
    std::uint32_t value = 0;
    for (const char byte : take(4)) value = value << 8 | static_cast<unsigned char>(byte);
    if (value < min || value > max) good_ = false;
    return good_ ? value : min;
  }
  void expect(bool holds) { good_ = good_ && holds; }

  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] bool finished() const { return good_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

Rendition take_rendition(Reader& reader) {
  constexpr auto widest = static_cast<std::uint32_t>(widths_px.back());
  Rendition rendition;
  rendition.width_px = static_cast<std::int16_t>(reader.number(1, widest));
  rendition.height_px = static_cast<std::int16_t>(reader.number(1, 2 * widest));
  rendition.webp = reader.take(reader.number(1, max_picture_bytes));
  rendition.jpeg = reader.take(reader.number(1, max_picture_bytes));
  reader.expect(format_of(rendition.webp) == ImageFormat::webp);
  reader.expect(format_of(rendition.jpeg) == ImageFormat::jpeg);
  return rendition;
}

}  // namespace

std::string encode(const ImageReply& reply) {
  std::string out(magic);
  put(out, static_cast<std::uint32_t>(reply.width_px));
  put(out, static_cast<std::uint32_t>(reply.height_px));
  put(out, reply.blurhash);
  put(out, static_cast<std::uint32_t>(reply.renditions.size()));
  for (const Rendition& rendition : reply.renditions) {
    put(out, static_cast<std::uint32_t>(rendition.width_px));
    put(out, static_cast<std::uint32_t>(rendition.height_px));
    put(out, rendition.webp);
    put(out, rendition.jpeg);
  }
  return out;
}

std::optional<ImageReply> decode(std::string_view bytes) {
  Reader reader(bytes);
  reader.expect(reader.take(magic.size()) == magic);
  ImageReply reply;
  reply.width_px = static_cast<std::int32_t>(reader.number(1, max_pixels));
  reply.height_px = static_cast<std::int32_t>(reader.number(1, max_pixels));
  reader.expect(std::int64_t{reply.width_px} * reply.height_px <= max_pixels);
  reply.blurhash = reader.take(reader.number(6, 100));
  reader.expect(std::ranges::all_of(reply.blurhash, [](char c) { return base83.contains(c); }));
  const auto count = reader.number(1, widths_px.size());
  for (std::uint32_t i = 0; i < count && reader.good(); ++i) {
    reply.renditions.push_back(take_rendition(reader));
    const auto& renditions = reply.renditions;
    reader.expect(i == 0 || renditions[i - 1].width_px < renditions[i].width_px);
  }
  if (!reader.finished()) return std::nullopt;
  return reply;
}

}  // namespace frontdesk::media

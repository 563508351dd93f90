#include "media/media.hpp"

#include "core/random.hpp"
#include "media/image_format.hpp"
#include "media/store.hpp"

#include <fmt/format.h>

namespace frontdesk::media {
namespace {

Uuid random_key() {
  Uuid key;
  fill_random(key.bytes);
  return key;
}

Image image_of(ImageKind kind, std::string alt, const ImageReply& reply) {
  Image image{.key = random_key(),
              .kind = kind,
              .width_px = reply.width_px,
              .height_px = reply.height_px,
              .blurhash = reply.blurhash,
              .alt = std::move(alt),
              .sizes = {}};
  for (const Rendition& rendition : reply.renditions) {
    image.sizes.push_back({rendition.width_px, rendition.height_px});
  }
  return image;
}

std::string file_name(std::int16_t width_px, std::string_view extension) {
  return fmt::format("{}.{}", width_px, extension);
}

void put_files(storage::ObjectStore& store, const Image& image, const ImageReply& reply) {
  const auto name = [&](const Rendition& rendition, std::string_view extension) {
    return object_name(is_public(image.kind), image.key, file_name(rendition.width_px, extension));
  };
  for (const Rendition& rendition : reply.renditions) {
    store.put(name(rendition, "webp"), rendition.webp, "image/webp");
    store.put(name(rendition, "jpg"), rendition.jpeg, "image/jpeg");
  }
}

}  // namespace

Task<Result<TakenImage>> Media::take_in(ImageKind kind, std::string bytes, std::string alt,
                                        Deadline deadline) {
  auto reply = co_await shop_.make(std::move(bytes), deadline);
  if (!reply) co_return refuse(std::move(reply.error()));
  TakenImage taken{ImageId::generate(), image_of(kind, std::move(alt), *reply)};
  {
    auto lease = co_await pool_.acquire(deadline);
    co_await store::insert(*lease, taken, *reply);
  }
  co_await threads_.run(
      [this, image = taken.image, made = std::move(*reply)] { put_files(store_, image, made); });
  co_return taken;
}

Task<std::optional<std::string>> Media::file(bool is_public, const Uuid& key,
                                             std::string_view name) {
  co_return co_await threads_.run(
      [this, object = object_name(is_public, key, name)] { return store_.get(object); });
}

}  // namespace frontdesk::media
